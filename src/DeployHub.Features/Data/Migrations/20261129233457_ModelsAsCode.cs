using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DeployHub.Features.Data.Migrations
{
    /// <inheritdoc />
    public partial class ModelsAsCode : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "secrets",
                table: "workers",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "origin",
                table: "model_versions",
                type: "jsonb",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "blocks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    purpose = table.Column<string>(type: "text", nullable: false),
                    latest_number = table.Column<int>(type: "integer", nullable: false),
                    current_number = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_blocks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "capability_confirmations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    level = table.Column<int>(type: "integer", nullable: false),
                    note = table.Column<string>(type: "text", nullable: false),
                    evidence = table.Column<string>(type: "jsonb", nullable: false),
                    by = table.Column<string>(type: "jsonb", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_capability_confirmations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "improvements",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    model_id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    hypothesis = table.Column<string>(type: "text", nullable: false),
                    evidence = table.Column<string>(type: "jsonb", nullable: false),
                    proposed_by = table.Column<string>(type: "jsonb", nullable: false),
                    proposed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    assessment = table.Column<string>(type: "jsonb", nullable: true),
                    merged_into = table.Column<Guid>(type: "uuid", nullable: true),
                    owner = table.Column<string>(type: "jsonb", nullable: true),
                    due = table.Column<DateOnly>(type: "date", nullable: true),
                    goal = table.Column<string>(type: "jsonb", nullable: true),
                    version_id = table.Column<Guid>(type: "uuid", nullable: true),
                    task_link = table.Column<string>(type: "text", nullable: true),
                    delivered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    evaluation = table.Column<string>(type: "jsonb", nullable: true),
                    history = table.Column<string>(type: "jsonb", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_improvements", x => x.id);
                    table.ForeignKey(
                        name: "fk_improvements_improvements_merged_into",
                        column: x => x.merged_into,
                        principalTable: "improvements",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_improvements_model_versions_version_id",
                        column: x => x.version_id,
                        principalTable: "model_versions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_improvements_models_model_id",
                        column: x => x.model_id,
                        principalTable: "models",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "model_figures",
                columns: table => new
                {
                    model_id = table.Column<Guid>(type: "uuid", nullable: false),
                    looked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    figures = table.Column<string>(type: "jsonb", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_model_figures", x => x.model_id);
                    table.ForeignKey(
                        name: "fk_model_figures_models_model_id",
                        column: x => x.model_id,
                        principalTable: "models",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "model_sources",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    settings = table.Column<string>(type: "jsonb", nullable: false),
                    registered_by = table.Column<string>(type: "jsonb", nullable: false),
                    registered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    paused_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    paused_because = table.Column<string>(type: "text", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_model_sources", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "personal_tokens",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    holder = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    token_digest = table.Column<string>(type: "character varying(71)", maxLength: 71, nullable: false),
                    scope = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revoked_by = table.Column<string>(type: "jsonb", nullable: true),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_personal_tokens", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "reviews",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    model_id = table.Column<Guid>(type: "uuid", nullable: false),
                    deployment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    occasion = table.Column<string>(type: "text", nullable: false),
                    due_on = table.Column<DateOnly>(type: "date", nullable: false),
                    scheduled_by = table.Column<string>(type: "jsonb", nullable: false),
                    scheduled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    held_by = table.Column<string>(type: "jsonb", nullable: true),
                    held_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    participants = table.Column<string>(type: "jsonb", nullable: false),
                    period_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    findings = table.Column<string>(type: "jsonb", nullable: false),
                    narrative = table.Column<string>(type: "text", nullable: false),
                    cause_class = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    closed_by = table.Column<string>(type: "jsonb", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reviews", x => x.id);
                    table.ForeignKey(
                        name: "fk_reviews_deployments_deployment_id",
                        column: x => x.deployment_id,
                        principalTable: "deployments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_reviews_models_model_id",
                        column: x => x.model_id,
                        principalTable: "models",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "block_versions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    block_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: true),
                    digest = table.Column<string>(type: "character varying(71)", maxLength: 71, nullable: false),
                    yaml = table.Column<string>(type: "text", nullable: false),
                    release_note = table.Column<string>(type: "text", nullable: false),
                    basis = table.Column<int>(type: "integer", nullable: true),
                    created_by = table.Column<string>(type: "jsonb", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    editors = table.Column<string>(type: "jsonb", nullable: false),
                    published_by = table.Column<string>(type: "jsonb", nullable: true),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    history = table.Column<string>(type: "jsonb", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_block_versions", x => x.id);
                    table.ForeignKey(
                        name: "fk_block_versions_blocks_block_id",
                        column: x => x.block_id,
                        principalTable: "blocks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "model_source_documents",
                columns: table => new
                {
                    source_id = table.Column<Guid>(type: "uuid", nullable: false),
                    branch = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    path = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    blob = table.Column<string>(type: "text", nullable: false),
                    commit = table.Column<string>(type: "text", nullable: false),
                    author = table.Column<string>(type: "text", nullable: false),
                    people = table.Column<string>(type: "jsonb", nullable: false),
                    model = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    number = table.Column<int>(type: "integer", nullable: true),
                    outcome = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    sentence = table.Column<string>(type: "text", nullable: false),
                    remarks = table.Column<string>(type: "jsonb", nullable: false),
                    theirs = table.Column<string>(type: "text", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_model_source_documents", x => new { x.source_id, x.branch, x.path });
                    table.ForeignKey(
                        name: "fk_model_source_documents_model_sources_source_id",
                        column: x => x.source_id,
                        principalTable: "model_sources",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "model_source_pushes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    source_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sender = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    proof = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    body = table.Column<byte[]>(type: "bytea", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_model_source_pushes", x => x.id);
                    table.ForeignKey(
                        name: "fk_model_source_pushes_model_sources_source_id",
                        column: x => x.source_id,
                        principalTable: "model_sources",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "model_source_syncs",
                columns: table => new
                {
                    source_id = table.Column<Guid>(type: "uuid", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    fence = table.Column<int>(type: "integer", nullable: false),
                    worker = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    asked_again = table.Column<bool>(type: "boolean", nullable: false),
                    heads = table.Column<string>(type: "jsonb", nullable: false),
                    rewritten = table.Column<string>(type: "jsonb", nullable: true),
                    goes_on_from = table.Column<string>(type: "text", nullable: true),
                    looked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    trouble = table.Column<string>(type: "text", nullable: true),
                    left_out = table.Column<string>(type: "text", nullable: true),
                    entries = table.Column<string>(type: "jsonb", nullable: false),
                    pushed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    refused_pushes = table.Column<int>(type: "integer", nullable: false),
                    push_refused_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    push_trouble = table.Column<string>(type: "text", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_model_source_syncs", x => x.source_id);
                    table.ForeignKey(
                        name: "fk_model_source_syncs_model_sources_source_id",
                        column: x => x.source_id,
                        principalTable: "model_sources",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_run_events_of_run",
                table: "run_events",
                column: "run_id",
                filter: "subject = 'run'");

            migrationBuilder.CreateIndex(
                name: "ux_block_versions_number",
                table: "block_versions",
                columns: new[] { "block_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_blocks_key",
                table: "blocks",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_capability_confirmations_at",
                table: "capability_confirmations",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_improvements_merged_into",
                table: "improvements",
                column: "merged_into",
                filter: "merged_into is not null");

            migrationBuilder.CreateIndex(
                name: "ix_improvements_model_id_number",
                table: "improvements",
                columns: new[] { "model_id", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_improvements_status_number",
                table: "improvements",
                columns: new[] { "status", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_improvements_version_id",
                table: "improvements",
                column: "version_id",
                filter: "version_id is not null");

            migrationBuilder.CreateIndex(
                name: "ux_improvements_number",
                table: "improvements",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_model_source_pushes_source_id_at",
                table: "model_source_pushes",
                columns: new[] { "source_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_model_source_syncs_due",
                table: "model_source_syncs",
                column: "due_at",
                filter: "due_at is not null");

            migrationBuilder.CreateIndex(
                name: "ux_model_sources_key",
                table: "model_sources",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_personal_tokens_holder",
                table: "personal_tokens",
                column: "holder");

            migrationBuilder.CreateIndex(
                name: "ux_personal_tokens_token",
                table: "personal_tokens",
                column: "token_digest",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_reviews_due",
                table: "reviews",
                columns: new[] { "due_on", "number" },
                filter: "status <> 'Closed'");

            migrationBuilder.CreateIndex(
                name: "ix_reviews_model_id_kind_number",
                table: "reviews",
                columns: new[] { "model_id", "kind", "number" });

            migrationBuilder.CreateIndex(
                name: "ux_reviews_deployment",
                table: "reviews",
                column: "deployment_id",
                unique: true,
                filter: "deployment_id is not null");

            migrationBuilder.CreateIndex(
                name: "ux_reviews_number",
                table: "reviews",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_reviews_open_analysis",
                table: "reviews",
                column: "model_id",
                unique: true,
                filter: "kind = 'RecordsAnalysis' and status <> 'Closed'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "block_versions");

            migrationBuilder.DropTable(
                name: "capability_confirmations");

            migrationBuilder.DropTable(
                name: "improvements");

            migrationBuilder.DropTable(
                name: "model_figures");

            migrationBuilder.DropTable(
                name: "model_source_documents");

            migrationBuilder.DropTable(
                name: "model_source_pushes");

            migrationBuilder.DropTable(
                name: "model_source_syncs");

            migrationBuilder.DropTable(
                name: "personal_tokens");

            migrationBuilder.DropTable(
                name: "reviews");

            migrationBuilder.DropTable(
                name: "blocks");

            migrationBuilder.DropTable(
                name: "model_sources");

            migrationBuilder.DropIndex(
                name: "ix_run_events_of_run",
                table: "run_events");

            migrationBuilder.DropColumn(
                name: "secrets",
                table: "workers");

            migrationBuilder.DropColumn(
                name: "origin",
                table: "model_versions");
        }
    }
}
