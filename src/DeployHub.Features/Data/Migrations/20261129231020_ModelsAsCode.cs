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
                name: "ix_personal_tokens_holder",
                table: "personal_tokens",
                column: "holder");

            migrationBuilder.CreateIndex(
                name: "ux_personal_tokens_token",
                table: "personal_tokens",
                column: "token_digest",
                unique: true);
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
                name: "personal_tokens");

            migrationBuilder.DropTable(
                name: "blocks");

            migrationBuilder.DropColumn(
                name: "secrets",
                table: "workers");
        }
    }
}
