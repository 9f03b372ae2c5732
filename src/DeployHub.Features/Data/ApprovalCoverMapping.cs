using DeployHub.Domain.Deployments.Approving;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class ApprovalCoverMapping : IEntityTypeConfiguration<ApprovalCover>
{
    public void Configure(EntityTypeBuilder<ApprovalCover> cover)
    {
        cover.ToTable("approval_covers");
        cover.Property<uint>("Version").IsRowVersion();
        cover.Property(c => c.Person).HasJson();
        cover.Property(c => c.Deputy).HasJson();
        cover.HasIndex(c => c.Until).HasFilter("ended_at is null");
    }
}
