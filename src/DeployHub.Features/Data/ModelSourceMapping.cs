using DeployHub.Domain.Models.Sources;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class ModelSourceMapping
    : IEntityTypeConfiguration<ModelSource>, IEntityTypeConfiguration<SourceSync>, IEntityTypeConfiguration<SourceDocument>, IEntityTypeConfiguration<SourcePush>
{
    public void Configure(EntityTypeBuilder<ModelSource> source)
    {
        source.ToTable("model_sources");
        source.Property<uint>("Version").IsRowVersion();
        source.Property(s => s.Key).HasMaxLength(64);
        source.Property(s => s.Settings).HasJson();
        source.Property(s => s.RegisteredBy).HasJson();
        source.HasIndex(s => s.Key).IsUnique().HasDatabaseName("ux_model_sources_key");
        RulesInTheDatabase.Add("ux_model_sources_key", ModelSourceErrors.KeyTaken);
    }

    public void Configure(EntityTypeBuilder<SourceSync> sync)
    {
        sync.ToTable("model_source_syncs");
        sync.HasKey(s => s.SourceId);
        sync.Property<uint>("Version").IsRowVersion();
        sync.Property(s => s.Worker).HasMaxLength(100);
        sync.Property(s => s.Heads).HasJson();
        sync.Property(s => s.Rewritten).HasJson();
        sync.Property(s => s.Entries).HasJson();
        sync.HasIndex(s => s.DueAt).HasFilter("due_at is not null").HasDatabaseName("ix_model_source_syncs_due");
        sync.HasOne<ModelSource>().WithOne().HasForeignKey<SourceSync>(s => s.SourceId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<SourceDocument> document)
    {
        document.ToTable("model_source_documents");
        document.HasKey(d => new { d.SourceId, d.Branch, d.Path });
        document.Property<uint>("Version").IsRowVersion();
        document.Property(d => d.Branch).HasMaxLength(200);
        document.Property(d => d.Path).HasMaxLength(500);
        document.Property(d => d.Model).HasMaxLength(64);
        document.Property(d => d.People).HasJson();
        document.Property(d => d.Remarks).HasJson();
        document.HasOne<ModelSource>().WithMany().HasForeignKey(d => d.SourceId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<SourcePush> push)
    {
        push.ToTable("model_source_pushes");
        push.Property(p => p.Proof).HasMaxLength(64);
        push.HasIndex(p => new { p.SourceId, p.At });
        push.HasOne<ModelSource>().WithMany().HasForeignKey(p => p.SourceId).OnDelete(DeleteBehavior.Cascade);
    }
}
