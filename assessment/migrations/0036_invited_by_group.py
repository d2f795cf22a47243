from collections import Counter

from django.db import migrations, models

from assessment.migrations._going_back import stop


def count_invited(apps, schema_editor):
    """Of rounds of several that are closed already: who was invited, and who came otherwise."""
    Round = apps.get_model("assessment", "Round")
    Invitation = apps.get_model("assessment", "Invitation")
    Response = apps.get_model("assessment", "Response")
    for round in Round.objects.filter(alone=False, state="closed").iterator():
        places = Invitation.objects.filter(round=round).exclude(state="ended").order_by()
        others = Response.objects.filter(round=round).exclude(entry="invitation").order_by()
        seats = Counter(places.values_list("sector", "tier"))
        seats += Counter(others.values_list("sector", "tier"))
        invited = {}
        for (sector, tier), number in seats.items():
            invited.setdefault(sector, {})[tier] = number
        Round.objects.filter(pk=round.pk).update(invited=invited)


class Migration(migrations.Migration):

    dependencies = [
        ('assessment', '0035_erasing_and_deleting'),
    ]

    operations = [
        migrations.AddField(
            model_name="round",
            name="invited",
            field=models.JSONField(
                blank=True,
                default=dict,
                editable=False,
                verbose_name="invited by sector and tier when it closed",
            ),
        ),
        migrations.RunPython(count_invited, migrations.RunPython.noop),
        stop(),
    ]
