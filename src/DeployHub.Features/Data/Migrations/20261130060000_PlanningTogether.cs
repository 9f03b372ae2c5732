using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DeployHub.Features.Data.Migrations
{
    /// <inheritdoc />
    public partial class PlanningTogether : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "delivery_id",
                table: "partner_links",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "set_aside_at",
                table: "happenings",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "tries",
                table: "happenings",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "trouble",
                table: "happenings",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "condition_before_start",
                table: "freeze_exceptions",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "condition_due",
                table: "freeze_exceptions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "decide_by",
                table: "freeze_exceptions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "reserved_end",
                table: "freeze_exceptions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "reserved_start",
                table: "freeze_exceptions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "chat",
                table: "deliveries",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "contact",
                table: "deliveries",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "organisation_id",
                table: "deliveries",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "change_tools",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    settings = table.Column<string>(type: "jsonb", nullable: false),
                    connected_by = table.Column<string>(type: "jsonb", nullable: false),
                    connected_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_change_tools", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "personal_chats",
                columns: table => new
                {
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    sealed_address = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    urgent = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    actionable = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    info = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    digest = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    works_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    refused_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    refused_because = table.Column<string>(type: "text", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_personal_chats", x => x.person);
                    table.ForeignKey(
                        name: "fk_personal_chats_asp_net_users_person",
                        column: x => x.person,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "change_records",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tool_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    seen = table.Column<string>(type: "jsonb", nullable: true),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    trouble = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    looked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    fence = table.Column<int>(type: "integer", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_change_records", x => x.id);
                    table.ForeignKey(
                        name: "fk_change_records_change_tools_tool_id",
                        column: x => x.tool_id,
                        principalTable: "change_tools",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_partner_links_delivery_id",
                table: "partner_links",
                column: "delivery_id",
                filter: "delivery_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_happenings_set_aside",
                table: "happenings",
                column: "set_aside_at",
                filter: "set_aside_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_freeze_exceptions_reserved",
                table: "freeze_exceptions",
                column: "reserved_start",
                filter: "reserved_start is not null");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_organisation_id",
                table: "deliveries",
                column: "organisation_id");

            migrationBuilder.CreateIndex(
                name: "ix_change_records_due",
                table: "change_records",
                column: "due_at",
                filter: "due_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_change_records_number",
                table: "change_records",
                column: "number");

            migrationBuilder.CreateIndex(
                name: "ix_change_records_tool_id_number",
                table: "change_records",
                columns: new[] { "tool_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_change_tools_key",
                table: "change_tools",
                column: "key",
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "fk_deliveries_organisations_organisation_id",
                table: "deliveries",
                column: "organisation_id",
                principalTable: "organisations",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_deliveries_organisations_organisation_id",
                table: "deliveries");

            migrationBuilder.DropTable(
                name: "change_records");

            migrationBuilder.DropTable(
                name: "personal_chats");

            migrationBuilder.DropTable(
                name: "change_tools");

            migrationBuilder.DropIndex(
                name: "ix_partner_links_delivery_id",
                table: "partner_links");

            migrationBuilder.DropIndex(
                name: "ix_happenings_set_aside",
                table: "happenings");

            migrationBuilder.DropIndex(
                name: "ix_freeze_exceptions_reserved",
                table: "freeze_exceptions");

            migrationBuilder.DropIndex(
                name: "ix_deliveries_organisation_id",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "delivery_id",
                table: "partner_links");

            migrationBuilder.DropColumn(
                name: "set_aside_at",
                table: "happenings");

            migrationBuilder.DropColumn(
                name: "tries",
                table: "happenings");

            migrationBuilder.DropColumn(
                name: "trouble",
                table: "happenings");

            migrationBuilder.DropColumn(
                name: "condition_before_start",
                table: "freeze_exceptions");

            migrationBuilder.DropColumn(
                name: "condition_due",
                table: "freeze_exceptions");

            migrationBuilder.DropColumn(
                name: "decide_by",
                table: "freeze_exceptions");

            migrationBuilder.DropColumn(
                name: "reserved_end",
                table: "freeze_exceptions");

            migrationBuilder.DropColumn(
                name: "reserved_start",
                table: "freeze_exceptions");

            migrationBuilder.DropColumn(
                name: "chat",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "contact",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "organisation_id",
                table: "deliveries");
        }
    }
}
