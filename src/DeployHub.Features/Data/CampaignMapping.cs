using DeployHub.Domain.Deployments.Campaigns;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class CampaignMapping : IEntityTypeConfiguration<Campaign>
{
    public void Configure(EntityTypeBuilder<Campaign> campaign)
    {
        campaign.ToTable("campaigns");
        campaign.Property<uint>("Version").IsRowVersion();
        campaign.Property(c => c.Number).HasMaxLength(20);
        campaign.Property(c => c.Title).HasMaxLength(200);
        campaign.Property(c => c.Members).HasJson();
        campaign.Property(c => c.Decision).HasJson();
        campaign.Property(c => c.PlannedBy).HasJson();
        campaign.Property(c => c.History).HasJson();
        campaign.HasIndex(c => c.Number).IsUnique().HasDatabaseName("ux_campaigns_number");
        campaign.HasIndex(c => new { c.Status, c.Number });
    }
}
