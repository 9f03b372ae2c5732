using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Improving;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class ImprovementMapping : IEntityTypeConfiguration<Improvement>
{
    public void Configure(EntityTypeBuilder<Improvement> improvement)
    {
        improvement.ToTable("improvements");
        improvement.Property<uint>("Version").IsRowVersion();
        improvement.Property(i => i.Number).HasMaxLength(20);
        improvement.Property(i => i.Title).HasMaxLength(200);
        improvement.Property(i => i.Evidence).HasJson();
        improvement.Property(i => i.ProposedBy).HasJson();
        improvement.Property(i => i.Assessment).HasJson();
        improvement.Property(i => i.Owner).HasJson();
        improvement.Property(i => i.Goal).HasJson();
        improvement.Property(i => i.Evaluation).HasJson();
        improvement.Property(i => i.History).HasJson();
        improvement.HasIndex(i => i.Number).IsUnique().HasDatabaseName("ux_improvements_number");
        improvement.HasIndex(i => new { i.Status, i.Number });
        improvement.HasIndex(i => new { i.ModelId, i.Number });
        improvement.HasIndex(i => i.VersionId).HasFilter("version_id is not null");
        improvement.HasIndex(i => i.MergedInto).HasFilter("merged_into is not null");
        improvement.HasOne<Model>().WithMany().HasForeignKey(i => i.ModelId).OnDelete(DeleteBehavior.Restrict);
        improvement.HasOne<ModelVersion>().WithMany().HasForeignKey(i => i.VersionId).OnDelete(DeleteBehavior.Restrict);
        improvement.HasOne<Improvement>().WithMany().HasForeignKey(i => i.MergedInto).OnDelete(DeleteBehavior.Restrict);
    }
}
