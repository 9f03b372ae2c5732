using DeployHub.Domain.Inventory;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class ComponentVersionMapping : IEntityTypeConfiguration<ComponentVersion>
{
    public void Configure(EntityTypeBuilder<ComponentVersion> version)
    {
        version.ToTable("component_versions");
        version.Property<uint>("Version").IsRowVersion();
        version.Property(v => v.Label).HasMaxLength(100);
        version.Property(v => v.Artefacts).HasJson();
        version.Property(v => v.Manifest).HasJson();
        version.Property(v => v.Provenance).HasJson();
        version.Property(v => v.Dependencies).HasJson().HasDefaultValueSql("'[]'::jsonb");
        version.Property(v => v.RegisteredBy).HasJson();
        version.Property(v => v.RecalledBy).HasJson();
        version.HasIndex(v => new { v.ComponentId, v.Label }).IsUnique().HasDatabaseName("ux_component_versions_label");
        version.HasOne<Component>().WithMany().HasForeignKey(v => v.ComponentId).OnDelete(DeleteBehavior.Restrict);
        RulesInTheDatabase.Add("ux_component_versions_label", InventoryErrors.VersionLabelReused);
    }
}
