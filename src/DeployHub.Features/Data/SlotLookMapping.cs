using DeployHub.Domain.Deployments;
using DeployHub.Features.Deployments.Slots;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class SlotLookMapping : IEntityTypeConfiguration<SlotLook>
{
    public void Configure(EntityTypeBuilder<SlotLook> look)
    {
        look.ToTable("slot_looks");
        look.HasKey(l => l.DeploymentId);
        look.HasOne<Deployment>().WithMany().HasForeignKey(l => l.DeploymentId).OnDelete(DeleteBehavior.Cascade);
    }
}
