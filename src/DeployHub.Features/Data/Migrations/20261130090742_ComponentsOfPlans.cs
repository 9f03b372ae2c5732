using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DeployHub.Features.Data.Migrations
{
    /// <inheritdoc />
    public partial class ComponentsOfPlans : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid[]>(
                name: "component_ids",
                table: "deployments",
                type: "uuid[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<int>(
                name: "fence",
                table: "deliveries",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "asked_at",
                table: "change_records",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "authorised_since",
                table: "change_records",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_deployments_component_ids",
                table: "deployments",
                column: "component_ids")
                .Annotation("Npgsql:IndexMethod", "gin");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_deployments_component_ids",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "component_ids",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "fence",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "asked_at",
                table: "change_records");

            migrationBuilder.DropColumn(
                name: "authorised_since",
                table: "change_records");
        }
    }
}
