using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class DefinitiveStoreMapping : IEntityTypeConfiguration<DefinitiveStore>
{
    public void Configure(EntityTypeBuilder<DefinitiveStore> store)
    {
        store.ToTable("definitive_stores");
        store.Property<uint>("Version").IsRowVersion();
        store.Property(s => s.Key).HasMaxLength(64);
        store.Property(s => s.Name).HasMaxLength(200);
        store.Property(s => s.Region).HasMaxLength(StoreRules.LongestRegion);
        store.HasIndex(s => s.Key).IsUnique().HasDatabaseName("ux_definitive_stores_key");
        RulesInTheDatabase.Add("ux_definitive_stores_key", InventoryErrors.StoreKeyTaken);
    }
}
