using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Reviewing;
using DeployHub.Features.Models.Analysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class ReviewMapping : IEntityTypeConfiguration<Review>, IEntityTypeConfiguration<ModelFigures>
{
    public void Configure(EntityTypeBuilder<Review> review)
    {
        review.ToTable("reviews");
        review.Property<uint>("Version").IsRowVersion();
        review.Property(r => r.Number).HasMaxLength(20);
        review.Property(r => r.ScheduledBy).HasJson();
        review.Property(r => r.HeldBy).HasJson();
        review.Property(r => r.ClosedBy).HasJson();
        review.Property(r => r.Participants).HasJson();
        review.Property(r => r.Findings).HasJson();
        review.HasIndex(r => r.Number).IsUnique().HasDatabaseName("ux_reviews_number");
        review.HasIndex(r => r.DeploymentId).IsUnique().HasFilter("deployment_id is not null").HasDatabaseName("ux_reviews_deployment");
        review.HasIndex(r => r.ModelId).IsUnique().HasFilter("kind = 'RecordsAnalysis' and status <> 'Closed'").HasDatabaseName("ux_reviews_open_analysis");
        review.HasIndex(r => new { r.ModelId, r.Kind, r.Number });
        review.HasIndex(r => new { r.DueOn, r.Number }).HasFilter("status <> 'Closed'").HasDatabaseName("ix_reviews_due");
        review.HasOne<Model>().WithMany().HasForeignKey(r => r.ModelId).OnDelete(DeleteBehavior.Restrict);
        review.HasOne<Deployment>().WithMany().HasForeignKey(r => r.DeploymentId).OnDelete(DeleteBehavior.Restrict);
        RulesInTheDatabase.Add("ux_reviews_deployment", ReviewErrors.DeploymentReviewed);
        RulesInTheDatabase.Add("ux_reviews_open_analysis", ReviewErrors.AnalysisOpen);
    }

    public void Configure(EntityTypeBuilder<ModelFigures> figures)
    {
        figures.ToTable("model_figures");
        figures.HasKey(f => f.ModelId);
        figures.Property(f => f.Figures).HasJson();
        figures.HasOne<Model>().WithMany().HasForeignKey(f => f.ModelId).OnDelete(DeleteBehavior.Cascade);
    }
}
