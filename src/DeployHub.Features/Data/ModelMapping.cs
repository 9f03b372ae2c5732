using DeployHub.Domain.Models;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class ModelMapping : IEntityTypeConfiguration<Model>, IEntityTypeConfiguration<ModelVersion>
{
    public void Configure(EntityTypeBuilder<Model> model)
    {
        model.ToTable("models");
        model.Property<uint>("Version").IsRowVersion();
        model.Property(m => m.Slug).HasMaxLength(64);
        model.Property(m => m.Name).HasMaxLength(200);
        model.Property(m => m.Owner).HasJson();
        model.HasIndex(m => m.Slug).IsUnique().HasDatabaseName("ux_models_slug");
        RulesInTheDatabase.Add("ux_models_slug", ModelErrors.SlugTaken);
    }

    public void Configure(EntityTypeBuilder<ModelVersion> version)
    {
        version.ToTable("model_versions");
        version.Property<uint>("Version").IsRowVersion();
        version.Ignore(v => v.Content);
        version.Property(v => v.Said).HasColumnName("content").HasJson();
        version.Property(v => v.Intent).HasJson();
        version.Property(v => v.Editors).HasJson().HasDefaultValueSql("'[]'");
        version.Property(v => v.Rehearsals).HasJson().HasDefaultValueSql("'[]'");
        version.Property(v => v.Approval).HasJson();
        version.Property(v => v.Publication).HasJson();
        version.Property(v => v.Origin).HasJson();
        version.Property(v => v.CreatedBy).HasJson();
        version.Property(v => v.PublishedBy).HasJson();
        version.Property(v => v.History).HasJson();
        version.HasIndex(v => new { v.ModelId, v.Number }).IsUnique().HasDatabaseName("ux_model_versions_number");
        version.HasOne<Model>().WithMany().HasForeignKey(v => v.ModelId).OnDelete(DeleteBehavior.Restrict);
    }
}
