import django.db.models.deletion
from django.db import migrations, models

import abdi.platform.tenancy


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_leaving"),
        ("platform", "0001_initial"),
        ("reports", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="BrokenStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("ack", "First answer"),
                            ("arrive", "Crew at the place"),
                            ("make_safe", "Danger removed"),
                            ("resolve", "Solved"),
                        ],
                        max_length=9,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("minutes", models.PositiveIntegerField()),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("not_seen", "nobody had looked at it"),
                            ("nobody_sent", "no crew had been sent"),
                            ("not_set_out", "the crew had not set out"),
                            ("on_the_way", "the crew was still on the way"),
                            ("work_longer", "the work takes longer than planned"),
                            ("waited", "the answer of the reporter came late"),
                            ("material", "material has run out"),
                            ("tool", "a tool is needed"),
                            ("not_ours", "it is not our authority"),
                            ("not_found", "the place was not found"),
                            ("danger", "it was too dangerous"),
                            ("busy", "the crew was busy with another job"),
                        ],
                        max_length=12,
                    ),
                ),
                ("noted_at", models.DateTimeField()),
                (
                    "institution",
                    models.ForeignKey(
                        default=abdi.platform.tenancy.current_institution_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="platform.institution",
                        verbose_name="Institution",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reports.report",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ClockPause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("waiting_reporter", "Waiting for the reporter's answer"),
                            ("other_authority", "Another authority holds it"),
                            ("unsafe", "Weather or danger"),
                            ("material", "Waiting for material"),
                        ],
                        max_length=16,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(blank=True, null=True)),
                ("by", models.CharField(max_length=80)),
                ("ended_by", models.CharField(blank=True, max_length=80)),
                (
                    "institution",
                    models.ForeignKey(
                        default=abdi.platform.tenancy.current_institution_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="platform.institution",
                        verbose_name="Institution",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reports.report",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="report",
            name="arrive_due_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="report",
            name="broken_count",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="report",
            name="check_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="report",
            name="pause_count",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="report",
            name="pause_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("waiting_reporter", "Waiting for the reporter's answer"),
                    ("other_authority", "Another authority holds it"),
                    ("unsafe", "Weather or danger"),
                    ("material", "Waiting for material"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="paused_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="report",
            name="safe_due_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                condition=models.Q(
                    ("joined_to__isnull", True),
                    (
                        "status__in",
                        [
                            "forwarded",
                            "in_progress",
                            "on_the_way",
                            "received",
                            "reopened",
                            "verified",
                            "waiting_reporter",
                        ],
                    ),
                    ("check_at__isnull", False),
                ),
                fields=["institution", "check_at"],
                name="report_check",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("pause_reason", ""), ("paused_at__isnull", True)),
                    models.Q(
                        ("paused_at__isnull", False), models.Q(("pause_reason", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="report_paused_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="brokenstep",
            constraint=models.UniqueConstraint(fields=("report", "step"), name="broken_step_once"),
        ),
        migrations.AddIndex(
            model_name="clockpause",
            index=models.Index(fields=["report", "id"], name="pause_report"),
        ),
        migrations.AddConstraint(
            model_name="clockpause",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_at__isnull", True)),
                fields=("report",),
                name="pause_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="clockpause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_at__isnull", True),
                    ("until_at__gte", models.F("from_at")),
                    _connector="OR",
                ),
                name="pause_ends_after",
            ),
        ),
    ]
