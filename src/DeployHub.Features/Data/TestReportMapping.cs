using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class TestReportMapping : IEntityTypeConfiguration<TestReport>
{
    public void Configure(EntityTypeBuilder<TestReport> report)
    {
        report.ToTable("test_reports");
        report.Property(r => r.Suite).HasMaxLength(64);
        report.Property(r => r.Results).HasJson();
        report.Property(r => r.Link).HasMaxLength(2000);
        report.Property(r => r.ReportedBy).HasJson();
        report.HasIndex(r => new { r.VersionId, r.Suite, r.RanAt });
        report.HasOne<ComponentVersion>().WithMany().HasForeignKey(r => r.VersionId).OnDelete(DeleteBehavior.Restrict);
    }
}
