from django.db import migrations, models

from assessment.migrations._going_back import stop


class Migration(migrations.Migration):
    dependencies = [("assessment", "0018_report_layers")]

    operations = [
        migrations.AddField(
            model_name="role",
            name="relation",
            field=models.CharField(
                blank=True,
                choices=[("part", "part"), ("above", "above")],
                max_length=10,
                verbose_name="relation",
            ),
        ),
        stop(),
    ]
