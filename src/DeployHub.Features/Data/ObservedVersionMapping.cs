using DeployHub.Domain.Inventory;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class ObservedVersionMapping : IEntityTypeConfiguration<ObservedVersion>
{
    public void Configure(EntityTypeBuilder<ObservedVersion> observed)
    {
        observed.ToTable("observed_versions");
        observed.HasKey(o => new { o.TargetId, o.ComponentId });
        RulesInTheDatabase.Add("pk_observed_versions", InventoryErrors.ObservedAtTheSameMoment);
        observed.HasOne<Target>().WithMany().HasForeignKey(o => o.TargetId).OnDelete(DeleteBehavior.Restrict);
        observed.HasOne<Component>().WithMany().HasForeignKey(o => o.ComponentId).OnDelete(DeleteBehavior.Restrict);
    }
}
