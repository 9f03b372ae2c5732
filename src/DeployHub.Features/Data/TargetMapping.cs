using DeployHub.Domain.Inventory;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class TargetMapping : IEntityTypeConfiguration<Target>
{
    public void Configure(EntityTypeBuilder<Target> target)
    {
        target.ToTable("targets");
        target.Property<uint>("Version").IsRowVersion();
        target.Property(t => t.Name).HasMaxLength(64);
        target.Property(t => t.Pool).HasMaxLength(64);
        target.Property(t => t.Labels).HasJson();
        target.Property(t => t.Variables).HasJson();
        target.Property(t => t.Connection).HasJson();
        target.HasIndex(t => new { t.EnvironmentId, t.Name }).IsUnique().HasDatabaseName("ux_targets_name");
        target.HasOne<Environment>().WithMany().HasForeignKey(t => t.EnvironmentId).OnDelete(DeleteBehavior.Restrict);
        RulesInTheDatabase.Add("ux_targets_name", InventoryErrors.TargetNameTaken);
    }
}
