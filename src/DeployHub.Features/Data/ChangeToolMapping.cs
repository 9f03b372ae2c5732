using DeployHub.Domain.Deployments.ChangeTools;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class ChangeToolMapping : IEntityTypeConfiguration<ChangeTool>, IEntityTypeConfiguration<ChangeRecord>
{
    public void Configure(EntityTypeBuilder<ChangeTool> tool)
    {
        tool.ToTable("change_tools");
        tool.Property<uint>("Version").IsRowVersion();
        tool.Property(t => t.Key).HasMaxLength(64);
        tool.Property(t => t.Settings).HasJson();
        tool.Property(t => t.ConnectedBy).HasJson();
        tool.HasIndex(t => t.Key).IsUnique().HasDatabaseName("ux_change_tools_key");
        RulesInTheDatabase.Add("ux_change_tools_key", ChangeToolErrors.KeyTaken);
    }

    public void Configure(EntityTypeBuilder<ChangeRecord> record)
    {
        record.ToTable("change_records");
        record.Property<uint>("Version").IsRowVersion();
        record.Property(r => r.Number).HasMaxLength(60);
        record.Property(r => r.Seen).HasJson();
        record.Property(r => r.Trouble).HasMaxLength(1000);
        record.HasIndex(r => new { r.ToolId, r.Number }).IsUnique();
        record.HasIndex(r => r.Number);
        record.HasIndex(r => r.DueAt).HasFilter("due_at is not null").HasDatabaseName("ix_change_records_due");
        record.HasOne<ChangeTool>().WithMany().HasForeignKey(r => r.ToolId).OnDelete(DeleteBehavior.Cascade);
    }
}
