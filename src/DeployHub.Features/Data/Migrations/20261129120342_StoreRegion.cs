using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DeployHub.Features.Data.Migrations
{
    /// <inheritdoc />
    public partial class StoreRegion : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "region",
                table: "definitive_stores",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "region",
                table: "definitive_stores");
        }
    }
}
