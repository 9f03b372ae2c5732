using DeployHub.Domain.Inventory;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class ComponentMapping : IEntityTypeConfiguration<Component>
{
    public void Configure(EntityTypeBuilder<Component> component)
    {
        component.ToTable("components");
        component.Property<uint>("Version").IsRowVersion();
        component.Property(c => c.Key).HasMaxLength(64);
        component.Property(c => c.Name).HasMaxLength(200);
        component.Property(c => c.SubKind).HasMaxLength(64);
        component.Property(c => c.RegisteredBy).HasJson();
        component.HasIndex(c => c.Key).IsUnique().HasDatabaseName("ux_components_key");
        component.HasOne<Service>().WithMany().HasForeignKey(c => c.ServiceId).OnDelete(DeleteBehavior.Restrict);
        RulesInTheDatabase.Add("ux_components_key", InventoryErrors.ComponentKeyTaken);
    }
}
