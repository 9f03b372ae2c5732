using DeployHub.Domain.Workers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

/// <summary>Without a row version: heartbeats and people write different columns, and neither must refuse the other.</summary>
internal sealed class WorkerProcessMapping : IEntityTypeConfiguration<WorkerProcess>
{
    public void Configure(EntityTypeBuilder<WorkerProcess> worker)
    {
        worker.ToTable("workers");
        worker.HasKey(w => w.Name);
        worker.Property(w => w.Name).HasMaxLength(100);
        worker.Property(w => w.Host).HasMaxLength(255);
        worker.Property(w => w.ProductVersion).HasMaxLength(100);
        worker.Property(w => w.Pools).HasJson();
        worker.Property(w => w.Secrets).HasJson();
        worker.Property(w => w.DrainedBy).HasJson();
    }
}
