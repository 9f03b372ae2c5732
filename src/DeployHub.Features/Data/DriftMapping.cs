using DeployHub.Domain.Inventory;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class DriftMapping : IEntityTypeConfiguration<DriftItem>, IEntityTypeConfiguration<TargetBaseline>, IEntityTypeConfiguration<DriftScan>, IEntityTypeConfiguration<UnmanagedDeployment>
{
    public void Configure(EntityTypeBuilder<DriftItem> item)
    {
        item.ToTable("drift_items");
        item.Property<uint>("Version").IsRowVersion();
        item.Property(i => i.History).HasJson();
        item.HasIndex(i => new { i.TargetId, i.Subject }).IsUnique().HasFilter("status in ('Detected', 'Confirmed')").HasDatabaseName("ux_drift_items_open");
        item.HasOne<Target>().WithMany().HasForeignKey(i => i.TargetId).OnDelete(DeleteBehavior.Restrict);
        item.HasOne<UnmanagedDeployment>().WithMany().HasForeignKey(i => i.UnmanagedId).OnDelete(DeleteBehavior.Restrict);
        RulesInTheDatabase.Add("ux_drift_items_open", DriftErrors.FoundAtTheSameMoment);
    }

    public void Configure(EntityTypeBuilder<TargetBaseline> baseline)
    {
        baseline.ToTable("target_baselines");
        baseline.HasKey(b => b.TargetId);
        baseline.Property<uint>("Version").IsRowVersion();
        baseline.Property(b => b.Facts).HasJson();
        baseline.HasOne<Target>().WithMany().HasForeignKey(b => b.TargetId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<DriftScan> scan)
    {
        scan.ToTable("drift_scans");
        scan.HasKey(s => s.TargetId);
        scan.Property(s => s.Fence).IsConcurrencyToken();
        scan.HasOne<Target>().WithMany().HasForeignKey(s => s.TargetId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<UnmanagedDeployment> record)
    {
        record.ToTable("unmanaged_deployments");
        record.Property<uint>("Version").IsRowVersion();
        record.Property(r => r.Number).HasMaxLength(20);
        record.Property(r => r.RecordedBy).HasJson();
        record.Property(r => r.Explanation).HasJson();
        record.HasIndex(r => r.Number).IsUnique().HasDatabaseName("ux_unmanaged_deployments_number");
        record.HasIndex(r => new { r.EnvironmentId, r.Status });
        record.HasOne<Environment>().WithMany().HasForeignKey(r => r.EnvironmentId).OnDelete(DeleteBehavior.Restrict);
        record.HasOne<Component>().WithMany().HasForeignKey(r => r.ComponentId).OnDelete(DeleteBehavior.Restrict);
    }
}
