from django.db import migrations, models

from assessment.migrations._going_back import stop


class Migration(migrations.Migration):
    """Who has reviewed a language that is offered, and when."""

    dependencies = [
        ('assessment', '0036_invited_by_group'),
    ]

    operations = [
        migrations.AddField(
            model_name='offeredlanguage',
            name='reviewed_on',
            field=models.DateField(blank=True, null=True, verbose_name='day of the review'),
        ),
        migrations.AddField(
            model_name='offeredlanguage',
            name='reviewer',
            field=models.CharField(blank=True, help_text='A person who lives in the language and has read all its texts.', max_length=200, verbose_name='reviewed by'),
        ),
        stop(),
    ]
