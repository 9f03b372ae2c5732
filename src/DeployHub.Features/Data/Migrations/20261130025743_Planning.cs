using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace DeployHub.Features.Data.Migrations
{
    /// <inheritdoc />
    public partial class Planning : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_webhook_deliveries_webhooks_webhook_id",
                table: "webhook_deliveries");

            migrationBuilder.DropPrimaryKey(
                name: "pk_webhook_deliveries",
                table: "webhook_deliveries");

            migrationBuilder.RenameTable(
                name: "webhook_deliveries",
                newName: "deliveries");

            migrationBuilder.RenameIndex(
                name: "ix_webhook_deliveries_webhook_id_number",
                table: "deliveries",
                newName: "ix_deliveries_webhook_id_number");

            migrationBuilder.RenameIndex(
                name: "ix_webhook_deliveries_due",
                table: "deliveries",
                newName: "ix_deliveries_due");

            migrationBuilder.RenameIndex(
                name: "ix_webhook_deliveries_at",
                table: "deliveries",
                newName: "ix_deliveries_at");

            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "webhooks",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "Program");

            migrationBuilder.AddColumn<bool>(
                name: "breaks_glass",
                table: "role_grants",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "accepted_clashes",
                table: "deployments",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "alignment_due_at",
                table: "deployments",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "alignments",
                table: "deployments",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "approvals_due_at",
                table: "deployments",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "authorisation",
                table: "deployments",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "broken_glass",
                table: "deployments",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "campaign_id",
                table: "deployments",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid[]>(
                name: "follows",
                table: "deployments",
                type: "uuid[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "last_started_at",
                table: "deployments",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "missed_slot_end",
                table: "deployments",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "partner_note",
                table: "deployments",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "people",
                table: "deployments",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<string>(
                name: "priority",
                table: "deployments",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "Normal");

            migrationBuilder.AddColumn<string>(
                name: "risk",
                table: "deployments",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AlterColumn<Guid>(
                name: "webhook_id",
                table: "deliveries",
                type: "uuid",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "uuid");

            migrationBuilder.AddColumn<Guid>(
                name: "person",
                table: "deliveries",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddPrimaryKey(
                name: "pk_deliveries",
                table: "deliveries",
                column: "id");

            migrationBuilder.CreateTable(
                name: "approval_covers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person = table.Column<string>(type: "jsonb", nullable: false),
                    deputy = table.Column<string>(type: "jsonb", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    until = table.Column<DateOnly>(type: "date", nullable: false),
                    named_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_approval_covers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "busy_calendars",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    settings = table.Column<string>(type: "jsonb", nullable: false),
                    added_by = table.Column<string>(type: "jsonb", nullable: false),
                    added_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    periods = table.Column<string>(type: "jsonb", nullable: false),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    trouble = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    left_out = table.Column<int>(type: "integer", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    fence = table.Column<int>(type: "integer", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_busy_calendars", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "calendar_feeds",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    holder = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    token_digest = table.Column<string>(type: "character varying(71)", maxLength: 71, nullable: true),
                    issued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calendar_feeds", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "campaigns",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    goal = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    members = table.Column<string>(type: "jsonb", nullable: false),
                    stop_after = table.Column<int>(type: "integer", nullable: true),
                    decision = table.Column<string>(type: "jsonb", nullable: true),
                    planned_by = table.Column<string>(type: "jsonb", nullable: false),
                    planned_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    history = table.Column<string>(type: "jsonb", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_campaigns", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "comments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    key = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    deployment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    text = table.Column<string>(type: "text", nullable: false),
                    author = table.Column<string>(type: "jsonb", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    mentions = table.Column<string>(type: "jsonb", nullable: false),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_comments", x => x.id);
                    table.ForeignKey(
                        name: "fk_comments_deployments_deployment_id",
                        column: x => x.deployment_id,
                        principalTable: "deployments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "freezes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    scope = table.Column<string>(type: "jsonb", nullable: false),
                    when = table.Column<string>(type: "jsonb", nullable: false),
                    begins_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    exempt = table.Column<string>(type: "jsonb", nullable: false),
                    approver = table.Column<string>(type: "jsonb", nullable: false),
                    declared_by = table.Column<string>(type: "jsonb", nullable: false),
                    declared_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    lifted_by = table.Column<string>(type: "jsonb", nullable: true),
                    lifted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lift_reason = table.Column<string>(type: "text", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_freezes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "happenings",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    @class = table.Column<string>(name: "class", type: "character varying(40)", maxLength: 40, nullable: false),
                    subject = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    sentence = table.Column<string>(type: "text", nullable: false),
                    path = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    by = table.Column<string>(type: "jsonb", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deployment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    model_id = table.Column<Guid>(type: "uuid", nullable: true),
                    model_version_id = table.Column<Guid>(type: "uuid", nullable: true),
                    service = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    environment = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    is_live = table.Column<bool>(type: "boolean", nullable: false),
                    people = table.Column<string>(type: "jsonb", nullable: false),
                    data = table.Column<string>(type: "jsonb", nullable: false),
                    once = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_happenings", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "mail_settings",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    host = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    port = table.Column<int>(type: "integer", nullable: false),
                    tls = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    user = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    secret = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    sender = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    sender_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    is_on = table.Column<bool>(type: "boolean", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_settings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "model_subscriptions",
                columns: table => new
                {
                    model_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_model_subscriptions", x => new { x.model_id, x.person });
                    table.ForeignKey(
                        name: "fk_model_subscriptions_asp_net_users_person",
                        column: x => x.person,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_model_subscriptions_models_model_id",
                        column: x => x.model_id,
                        principalTable: "models",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "notices",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    happening_id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    @class = table.Column<string>(name: "class", type: "character varying(40)", maxLength: 40, nullable: false),
                    subject = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    sentence = table.Column<string>(type: "text", nullable: false),
                    path = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    digest_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notices", x => x.number);
                    table.ForeignKey(
                        name: "fk_notices_asp_net_users_person",
                        column: x => x.person,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "notification_choices",
                columns: table => new
                {
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    urgent = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    actionable = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    info = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    digest = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    quiet = table.Column<string>(type: "jsonb", nullable: true),
                    zone = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    refused_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    refused_because = table.Column<string>(type: "text", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notification_choices", x => x.person);
                    table.ForeignKey(
                        name: "fk_notification_choices_asp_net_users_person",
                        column: x => x.person,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "organisations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    time_zone = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    notice_days = table.Column<int>(type: "integer", nullable: false),
                    silence = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    contacts = table.Column<string>(type: "jsonb", nullable: false),
                    concerns = table.Column<string>(type: "jsonb", nullable: false),
                    agreements = table.Column<string>(type: "jsonb", nullable: false),
                    freezes = table.Column<string>(type: "jsonb", nullable: false),
                    registered_by = table.Column<string>(type: "jsonb", nullable: false),
                    registered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended = table.Column<string>(type: "jsonb", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_organisations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "plan_templates",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    service_id = table.Column<Guid>(type: "uuid", nullable: false),
                    outline = table.Column<string>(type: "jsonb", nullable: false),
                    made_from = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    made_by = table.Column<string>(type: "jsonb", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_by = table.Column<string>(type: "jsonb", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_plan_templates", x => x.id);
                    table.ForeignKey(
                        name: "fk_plan_templates_services_service_id",
                        column: x => x.service_id,
                        principalTable: "services",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "publication_readers",
                columns: table => new
                {
                    version_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    because = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    told_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    reminded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    acknowledged_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    exempt_because = table.Column<string>(type: "text", nullable: true),
                    exempt_by = table.Column<string>(type: "jsonb", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_publication_readers", x => new { x.version_id, x.person });
                    table.ForeignKey(
                        name: "fk_publication_readers_asp_net_users_person",
                        column: x => x.person,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_publication_readers_model_versions_version_id",
                        column: x => x.version_id,
                        principalTable: "model_versions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "qualifications",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    holder = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    skill = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    environment = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    since = table.Column<DateOnly>(type: "date", nullable: false),
                    until = table.Column<DateOnly>(type: "date", nullable: true),
                    evidence = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    given_by = table.Column<string>(type: "jsonb", nullable: false),
                    given_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_by = table.Column<string>(type: "jsonb", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    end_reason = table.Column<string>(type: "text", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_qualifications", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "slot_looks",
                columns: table => new
                {
                    deployment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    looked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    told = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slot_looks", x => x.deployment_id);
                    table.ForeignKey(
                        name: "fk_slot_looks_deployments_deployment_id",
                        column: x => x.deployment_id,
                        principalTable: "deployments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "store_looks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    store_id = table.Column<Guid>(type: "uuid", nullable: false),
                    question = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    path = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    asked_by = table.Column<string>(type: "jsonb", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    fence = table.Column<int>(type: "integer", nullable: false),
                    answer = table.Column<string>(type: "jsonb", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_store_looks", x => x.id);
                    table.ForeignKey(
                        name: "fk_store_looks_definitive_stores_store_id",
                        column: x => x.store_id,
                        principalTable: "definitive_stores",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "watches",
                columns: table => new
                {
                    subject = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    key = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_watches", x => new { x.subject, x.key, x.person });
                    table.ForeignKey(
                        name: "fk_watches_asp_net_users_person",
                        column: x => x.person,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "windows",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    owner = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    scope = table.Column<string>(type: "jsonb", nullable: false),
                    when = table.Column<string>(type: "jsonb", nullable: false),
                    begins_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    defined_by = table.Column<string>(type: "jsonb", nullable: false),
                    defined_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    history = table.Column<string>(type: "jsonb", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_windows", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "freeze_exceptions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    deployment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    freeze_id = table.Column<Guid>(type: "uuid", nullable: false),
                    freeze_begins = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    freeze_ends = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    plan_digest = table.Column<string>(type: "character varying(71)", maxLength: 71, nullable: false),
                    justification = table.Column<string>(type: "text", nullable: false),
                    impact = table.Column<string>(type: "text", nullable: false),
                    on_call = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    rollback = table.Column<TimeSpan>(type: "interval", nullable: false),
                    proposed_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    requested_by = table.Column<string>(type: "jsonb", nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    decided_by = table.Column<string>(type: "jsonb", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    condition = table.Column<string>(type: "text", nullable: true),
                    condition_met_by = table.Column<string>(type: "jsonb", nullable: true),
                    condition_met_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    condition_note = table.Column<string>(type: "text", nullable: true),
                    used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    used_by_run = table.Column<int>(type: "integer", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_freeze_exceptions", x => x.id);
                    table.ForeignKey(
                        name: "fk_freeze_exceptions_deployments_deployment_id",
                        column: x => x.deployment_id,
                        principalTable: "deployments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_freeze_exceptions_freezes_freeze_id",
                        column: x => x.freeze_id,
                        principalTable: "freezes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "partner_links",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    token_digest = table.Column<string>(type: "character varying(71)", maxLength: 71, nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    made_by = table.Column<string>(type: "jsonb", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    revoked_by = table.Column<string>(type: "jsonb", nullable: true),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_partner_links", x => x.id);
                    table.ForeignKey(
                        name: "fk_partner_links_organisations_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "service_recipients",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    service_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    email = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    added_by = table.Column<string>(type: "jsonb", nullable: false),
                    added_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended = table.Column<string>(type: "jsonb", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_service_recipients", x => x.id);
                    table.ForeignKey(
                        name: "fk_service_recipients_organisations_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_service_recipients_services_service_id",
                        column: x => x.service_id,
                        principalTable: "services",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_deployments_alignment_due",
                table: "deployments",
                column: "alignment_due_at",
                filter: "alignment_due_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_deployments_alignments",
                table: "deployments",
                column: "alignments")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "jsonb_path_ops" });

            migrationBuilder.CreateIndex(
                name: "ix_deployments_approvals_due_at",
                table: "deployments",
                column: "approvals_due_at",
                filter: "approvals_due_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_deployments_broken_glass",
                table: "deployments",
                column: "number",
                filter: "broken_glass is not null");

            migrationBuilder.CreateIndex(
                name: "ix_deployments_campaign_id",
                table: "deployments",
                column: "campaign_id",
                filter: "campaign_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_deployments_follows",
                table: "deployments",
                column: "follows")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_deployments_on_demand",
                table: "deployments",
                column: "started_at",
                filter: "slot_start is null and started_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_deployments_slot_start",
                table: "deployments",
                column: "slot_start",
                filter: "slot_start is not null");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_number",
                table: "deliveries",
                column: "number");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_person_number",
                table: "deliveries",
                columns: new[] { "person", "number" },
                filter: "person is not null");

            migrationBuilder.CreateIndex(
                name: "ix_approval_covers_until",
                table: "approval_covers",
                column: "until",
                filter: "ended_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_busy_calendars_due",
                table: "busy_calendars",
                column: "due_at",
                filter: "due_at is not null");

            migrationBuilder.CreateIndex(
                name: "ux_busy_calendars_key",
                table: "busy_calendars",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_calendar_feeds_holder",
                table: "calendar_feeds",
                column: "holder",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_calendar_feeds_token",
                table: "calendar_feeds",
                column: "token_digest",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_campaigns_status_number",
                table: "campaigns",
                columns: new[] { "status", "number" });

            migrationBuilder.CreateIndex(
                name: "ux_campaigns_number",
                table: "campaigns",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_comments_deployment_id",
                table: "comments",
                column: "deployment_id");

            migrationBuilder.CreateIndex(
                name: "ix_comments_subject_key_at",
                table: "comments",
                columns: new[] { "subject", "key", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_freeze_exceptions_deployment_id_number",
                table: "freeze_exceptions",
                columns: new[] { "deployment_id", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_freeze_exceptions_freeze_id",
                table: "freeze_exceptions",
                column: "freeze_id");

            migrationBuilder.CreateIndex(
                name: "ix_freeze_exceptions_status_number",
                table: "freeze_exceptions",
                columns: new[] { "status", "number" });

            migrationBuilder.CreateIndex(
                name: "ux_freeze_exceptions_number",
                table: "freeze_exceptions",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_freeze_exceptions_open",
                table: "freeze_exceptions",
                columns: new[] { "deployment_id", "freeze_id" },
                unique: true,
                filter: "status in ('Requested', 'Granted')");

            migrationBuilder.CreateIndex(
                name: "ux_freezes_number",
                table: "freezes",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_happenings_at",
                table: "happenings",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_happenings_due",
                table: "happenings",
                column: "due_at",
                filter: "due_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_happenings_id",
                table: "happenings",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_happenings_once",
                table: "happenings",
                column: "once",
                unique: true,
                filter: "once is not null");

            migrationBuilder.CreateIndex(
                name: "ix_model_subscriptions_person",
                table: "model_subscriptions",
                column: "person");

            migrationBuilder.CreateIndex(
                name: "ix_notices_at",
                table: "notices",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_notices_digest",
                table: "notices",
                column: "digest_at",
                filter: "digest_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_notices_person_happening_id",
                table: "notices",
                columns: new[] { "person", "happening_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_notices_person_number",
                table: "notices",
                columns: new[] { "person", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_notices_unread",
                table: "notices",
                column: "person",
                filter: "read_at is null");

            migrationBuilder.CreateIndex(
                name: "ux_organisations_key",
                table: "organisations",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_partner_links_organisation_id_made_at",
                table: "partner_links",
                columns: new[] { "organisation_id", "made_at" });

            migrationBuilder.CreateIndex(
                name: "ux_partner_links_token",
                table: "partner_links",
                column: "token_digest",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_plan_templates_service_id_key",
                table: "plan_templates",
                columns: new[] { "service_id", "key" });

            migrationBuilder.CreateIndex(
                name: "ux_plan_templates_key",
                table: "plan_templates",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_publication_readers_due",
                table: "publication_readers",
                column: "due_on",
                filter: "status = 'Due'");

            migrationBuilder.CreateIndex(
                name: "ix_publication_readers_person_status",
                table: "publication_readers",
                columns: new[] { "person", "status" });

            migrationBuilder.CreateIndex(
                name: "ix_qualifications_given_at",
                table: "qualifications",
                column: "given_at");

            migrationBuilder.CreateIndex(
                name: "ix_qualifications_holder",
                table: "qualifications",
                column: "holder");

            migrationBuilder.CreateIndex(
                name: "ix_qualifications_skill_given_at",
                table: "qualifications",
                columns: new[] { "skill", "given_at" });

            migrationBuilder.CreateIndex(
                name: "ix_service_recipients_organisation_id",
                table: "service_recipients",
                column: "organisation_id");

            migrationBuilder.CreateIndex(
                name: "ux_service_recipients_email",
                table: "service_recipients",
                columns: new[] { "service_id", "email" },
                unique: true,
                filter: "ended_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_store_looks_due",
                table: "store_looks",
                column: "due_at",
                filter: "due_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_store_looks_store_id",
                table: "store_looks",
                column: "store_id");

            migrationBuilder.CreateIndex(
                name: "ix_watches_person",
                table: "watches",
                column: "person");

            migrationBuilder.CreateIndex(
                name: "ux_windows_number",
                table: "windows",
                column: "number",
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "fk_deliveries_asp_net_users_person",
                table: "deliveries",
                column: "person",
                principalTable: "people",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_deliveries_webhooks_webhook_id",
                table: "deliveries",
                column: "webhook_id",
                principalTable: "webhooks",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_deployments_campaigns_campaign_id",
                table: "deployments",
                column: "campaign_id",
                principalTable: "campaigns",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_deliveries_asp_net_users_person",
                table: "deliveries");

            migrationBuilder.DropForeignKey(
                name: "fk_deliveries_webhooks_webhook_id",
                table: "deliveries");

            migrationBuilder.DropForeignKey(
                name: "fk_deployments_campaigns_campaign_id",
                table: "deployments");

            migrationBuilder.DropTable(
                name: "approval_covers");

            migrationBuilder.DropTable(
                name: "busy_calendars");

            migrationBuilder.DropTable(
                name: "calendar_feeds");

            migrationBuilder.DropTable(
                name: "campaigns");

            migrationBuilder.DropTable(
                name: "comments");

            migrationBuilder.DropTable(
                name: "freeze_exceptions");

            migrationBuilder.DropTable(
                name: "happenings");

            migrationBuilder.DropTable(
                name: "mail_settings");

            migrationBuilder.DropTable(
                name: "model_subscriptions");

            migrationBuilder.DropTable(
                name: "notices");

            migrationBuilder.DropTable(
                name: "notification_choices");

            migrationBuilder.DropTable(
                name: "partner_links");

            migrationBuilder.DropTable(
                name: "plan_templates");

            migrationBuilder.DropTable(
                name: "publication_readers");

            migrationBuilder.DropTable(
                name: "qualifications");

            migrationBuilder.DropTable(
                name: "service_recipients");

            migrationBuilder.DropTable(
                name: "slot_looks");

            migrationBuilder.DropTable(
                name: "store_looks");

            migrationBuilder.DropTable(
                name: "watches");

            migrationBuilder.DropTable(
                name: "windows");

            migrationBuilder.DropTable(
                name: "freezes");

            migrationBuilder.DropTable(
                name: "organisations");

            migrationBuilder.DropIndex(
                name: "ix_deployments_alignment_due",
                table: "deployments");

            migrationBuilder.DropIndex(
                name: "ix_deployments_alignments",
                table: "deployments");

            migrationBuilder.DropIndex(
                name: "ix_deployments_approvals_due_at",
                table: "deployments");

            migrationBuilder.DropIndex(
                name: "ix_deployments_broken_glass",
                table: "deployments");

            migrationBuilder.DropIndex(
                name: "ix_deployments_campaign_id",
                table: "deployments");

            migrationBuilder.DropIndex(
                name: "ix_deployments_follows",
                table: "deployments");

            migrationBuilder.DropIndex(
                name: "ix_deployments_on_demand",
                table: "deployments");

            migrationBuilder.DropIndex(
                name: "ix_deployments_slot_start",
                table: "deployments");

            migrationBuilder.DropPrimaryKey(
                name: "pk_deliveries",
                table: "deliveries");

            migrationBuilder.DropIndex(
                name: "ix_deliveries_number",
                table: "deliveries");

            migrationBuilder.DropIndex(
                name: "ix_deliveries_person_number",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "webhooks");

            migrationBuilder.DropColumn(
                name: "breaks_glass",
                table: "role_grants");

            migrationBuilder.DropColumn(
                name: "accepted_clashes",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "alignment_due_at",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "alignments",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "approvals_due_at",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "authorisation",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "broken_glass",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "campaign_id",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "follows",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "last_started_at",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "missed_slot_end",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "partner_note",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "people",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "priority",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "risk",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "person",
                table: "deliveries");

            migrationBuilder.RenameTable(
                name: "deliveries",
                newName: "webhook_deliveries");

            migrationBuilder.RenameIndex(
                name: "ix_deliveries_webhook_id_number",
                table: "webhook_deliveries",
                newName: "ix_webhook_deliveries_webhook_id_number");

            migrationBuilder.RenameIndex(
                name: "ix_deliveries_due",
                table: "webhook_deliveries",
                newName: "ix_webhook_deliveries_due");

            migrationBuilder.RenameIndex(
                name: "ix_deliveries_at",
                table: "webhook_deliveries",
                newName: "ix_webhook_deliveries_at");

            migrationBuilder.AlterColumn<Guid>(
                name: "webhook_id",
                table: "webhook_deliveries",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "uuid",
                oldNullable: true);

            migrationBuilder.AddPrimaryKey(
                name: "pk_webhook_deliveries",
                table: "webhook_deliveries",
                column: "id");

            migrationBuilder.AddForeignKey(
                name: "fk_webhook_deliveries_webhooks_webhook_id",
                table: "webhook_deliveries",
                column: "webhook_id",
                principalTable: "webhooks",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
