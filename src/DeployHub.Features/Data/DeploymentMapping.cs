using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Campaigns;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class DeploymentMapping : IEntityTypeConfiguration<Deployment>, IEntityTypeConfiguration<DeploymentEvent>
{
    public void Configure(EntityTypeBuilder<Deployment> deployment)
    {
        deployment.ToTable("deployments");
        deployment.Property<uint>("Version").IsRowVersion();
        deployment.Property(d => d.Number).HasMaxLength(20);
        deployment.Property(d => d.Title).HasMaxLength(200);
        deployment.Property(d => d.Plan).HasJson();
        deployment.Property(d => d.Planners).HasJson();
        deployment.Property(d => d.Owner).HasJson();
        deployment.Property(d => d.Approvals).HasJson();
        deployment.Property(d => d.Migration).HasJson();
        deployment.Property(d => d.Residual).HasJson().HasDefaultValueSql("'[]'");
        deployment.OwnsOne(d => d.Slot);
        deployment.HasIndex(d => d.Number).IsUnique().HasDatabaseName("ux_deployments_number");
        deployment.HasIndex(d => new { d.Status, d.Number });
        deployment.HasIndex(d => d.CompletedAt).HasFilter("completed_at is not null");
        deployment.HasIndex(d => new { d.EnvironmentId, d.Status });
        deployment.HasIndex(d => new { d.ServiceId, d.Number });
        deployment.HasIndex(d => new { d.ModelVersionId, d.Number });
        deployment.HasIndex(d => d.SupersededBy).HasFilter("superseded_by is not null");
        deployment.HasOne<Deployment>().WithMany().HasForeignKey(d => d.SupersededBy).OnDelete(DeleteBehavior.Restrict);
        deployment.HasIndex(d => d.ResidualOf).HasFilter("residual_of is not null");
        deployment.HasOne<Deployment>().WithMany().HasForeignKey(d => d.ResidualOf).OnDelete(DeleteBehavior.Restrict);
        deployment.Property(d => d.Follows).HasDefaultValueSql("'{}'");
        deployment.HasIndex(d => d.Follows).HasMethod("gin");
        deployment.HasIndex(d => d.CampaignId).HasFilter("campaign_id is not null");
        deployment.HasOne<Campaign>().WithMany().HasForeignKey(d => d.CampaignId).OnDelete(DeleteBehavior.Restrict);
        deployment.HasOne<ModelVersion>().WithMany().HasForeignKey(d => d.ModelVersionId).OnDelete(DeleteBehavior.Restrict);
        deployment.HasOne<Service>().WithMany().HasForeignKey(d => d.ServiceId).OnDelete(DeleteBehavior.Restrict);
        deployment.HasOne<Environment>().WithMany().HasForeignKey(d => d.EnvironmentId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<DeploymentEvent> happened)
    {
        happened.ToTable("deployment_events");
        happened.HasKey(e => new { e.DeploymentId, e.Number });
        happened.Property(e => e.Kind).HasMaxLength(40);
        happened.Property(e => e.By).HasJson();
        happened.HasOne<Deployment>().WithMany().HasForeignKey(e => e.DeploymentId).OnDelete(DeleteBehavior.Restrict);
    }
}
