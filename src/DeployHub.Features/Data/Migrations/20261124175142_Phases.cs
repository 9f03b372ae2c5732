using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DeployHub.Features.Data.Migrations
{
    /// <inheritdoc />
    public partial class Phases : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "part",
                table: "target_runs",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "Work");

            migrationBuilder.AddColumn<Guid>(
                name: "superseded_by",
                table: "deployments",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_deployments_superseded_by",
                table: "deployments",
                column: "superseded_by",
                filter: "superseded_by is not null");

            migrationBuilder.AddForeignKey(
                name: "fk_deployments_deployments_superseded_by",
                table: "deployments",
                column: "superseded_by",
                principalTable: "deployments",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_deployments_deployments_superseded_by",
                table: "deployments");

            migrationBuilder.DropIndex(
                name: "ix_deployments_superseded_by",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "part",
                table: "target_runs");

            migrationBuilder.DropColumn(
                name: "superseded_by",
                table: "deployments");
        }
    }
}
