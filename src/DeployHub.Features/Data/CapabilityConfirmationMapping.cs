using DeployHub.Domain.Insights;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class CapabilityConfirmationMapping : IEntityTypeConfiguration<CapabilityConfirmation>
{
    public void Configure(EntityTypeBuilder<CapabilityConfirmation> confirmation)
    {
        confirmation.ToTable("capability_confirmations");
        confirmation.Property(c => c.Evidence).HasJson();
        confirmation.Property(c => c.By).HasJson();
        confirmation.HasIndex(c => c.At);
    }
}
