using DeployHub.Domain.Inventory;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class EnvironmentMapping : IEntityTypeConfiguration<Environment>
{
    public void Configure(EntityTypeBuilder<Environment> environment)
    {
        environment.ToTable("environments");
        environment.Property<uint>("Version").IsRowVersion();
        environment.Property(e => e.Key).HasMaxLength(64);
        environment.Property(e => e.Name).HasMaxLength(200);
        environment.Property(e => e.Policy).HasJson();
        environment.Property(e => e.Watch).HasJson();
        environment.Property(e => e.RegisteredBy).HasJson();
        environment.HasIndex(e => e.Key).IsUnique().HasDatabaseName("ux_environments_key");
        RulesInTheDatabase.Add("ux_environments_key", InventoryErrors.EnvironmentKeyTaken);
    }
}
