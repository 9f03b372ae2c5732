using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DeployHub.Features.Data.Migrations
{
    /// <inheritdoc />
    public partial class Residual : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "residual",
                table: "deployments",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<Guid>(
                name: "residual_of",
                table: "deployments",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_deployments_residual_of",
                table: "deployments",
                column: "residual_of",
                filter: "residual_of is not null");

            migrationBuilder.AddForeignKey(
                name: "fk_deployments_deployments_residual_of",
                table: "deployments",
                column: "residual_of",
                principalTable: "deployments",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_deployments_deployments_residual_of",
                table: "deployments");

            migrationBuilder.DropIndex(
                name: "ix_deployments_residual_of",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "residual",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "residual_of",
                table: "deployments");
        }
    }
}
