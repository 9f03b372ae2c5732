using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Campaigns;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Features.Pipeline;
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
        deployment.Property(d => d.Priority).HasDefaultValue(Priority.Normal);
        deployment.Property(d => d.Plan).HasJson();
        deployment.Property(d => d.Planners).HasJson();
        deployment.Property(d => d.Owner).HasJson();
        deployment.Property(d => d.Approvals).HasJson();
        deployment.Property(d => d.Migration).HasJson();
        deployment.Property(d => d.Risk).HasJson();
        deployment.Property(d => d.Authorisation).HasJson();
        deployment.Property(d => d.BrokenGlass).HasJson();
        deployment.Property<string>("Incident").HasComputedColumnSql("upper(plan ->> 'incident')", stored: true);
        deployment.HasIndex("Incident").HasFilter("incident is not null").HasDatabaseName("ix_deployments_incident");
        deployment.HasIndex(d => d.ApprovalsDueAt).HasFilter("approvals_due_at is not null");
        deployment.HasIndex(d => d.Number, "ix_deployments_broken_glass").HasFilter("broken_glass is not null").HasDatabaseName("ix_deployments_broken_glass");
        deployment.Property(d => d.Alignments).HasJson().HasDefaultValueSql("'[]'");
        deployment.Property(d => d.PartnerNote).HasJson();
        deployment.Property(d => d.Residual).HasJson().HasDefaultValueSql("'[]'");
        deployment.Property(d => d.People).HasJson().HasDefaultValueSql("'[]'");
        deployment.Ignore(d => d.EmptySlots);
        deployment.Property(d => d.AcceptedClashes).HasJson().HasDefaultValueSql("'[]'");
        deployment.Ignore(d => d.EmergencyTimerEndsAt);
        deployment.Ignore(d => d.Owed);
        deployment.OwnsOne(d => d.Slot, slot => slot.HasIndex(s => s.Start).HasDatabaseName("ix_deployments_slot_start").HasFilter("slot_start is not null"));
        deployment.HasIndex(d => d.Number).IsUnique().HasDatabaseName("ux_deployments_number");
        deployment.HasIndex(d => new { d.Status, d.Number });
        deployment.HasIndex(d => d.Alignments).HasMethod("gin").HasOperators("jsonb_path_ops").HasDatabaseName("ix_deployments_alignments");
        deployment.HasIndex(d => d.AlignmentDueAt).HasFilter("alignment_due_at is not null").HasDatabaseName("ix_deployments_alignment_due");
        deployment.HasIndex(d => d.CompletedAt).HasFilter("completed_at is not null");
        deployment.HasIndex(d => d.StartedAt).HasFilter("slot_start is null and started_at is not null").HasDatabaseName("ix_deployments_on_demand");
        deployment.HasIndex(d => new { d.EnvironmentId, d.Status });
        deployment.HasIndex(d => new { d.ServiceId, d.Number });
        deployment.HasIndex(d => new { d.ModelVersionId, d.Number });
        deployment.HasIndex(d => d.SupersededBy).HasFilter("superseded_by is not null");
        deployment.HasOne<Deployment>().WithMany().HasForeignKey(d => d.SupersededBy).OnDelete(DeleteBehavior.Restrict);
        deployment.HasIndex(d => d.ResidualOf).HasFilter("residual_of is not null");
        deployment.HasOne<Deployment>().WithMany().HasForeignKey(d => d.ResidualOf).OnDelete(DeleteBehavior.Restrict);
        deployment.Property(d => d.Follows).HasDefaultValueSql("'{}'");
        deployment.HasIndex(d => d.Follows).HasMethod("gin");
        deployment.Property(d => d.ComponentIds).HasDefaultValueSql("'{}'");
        deployment.HasIndex(d => d.ComponentIds).HasMethod("gin");
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
        RulesInTheDatabase.Add("pk_deployment_events", Conflicts.ChangedMeanwhile); // whoever is told the next thing first has its number
        happened.HasOne<Deployment>().WithMany().HasForeignKey(e => e.DeploymentId).OnDelete(DeleteBehavior.Restrict);
    }
}
