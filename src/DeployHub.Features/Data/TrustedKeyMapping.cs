using DeployHub.Domain.Inventory;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class TrustedKeyMapping : IEntityTypeConfiguration<TrustedKey>
{
    public void Configure(EntityTypeBuilder<TrustedKey> key)
    {
        key.ToTable("trusted_keys");
        key.Property<uint>("Version").IsRowVersion();
        key.Property(k => k.Key).HasMaxLength(64);
        key.Property(k => k.Name).HasMaxLength(200);
        key.Property(k => k.Fingerprint).HasMaxLength(64);
        key.Property(k => k.Services).HasJson();
        key.Property(k => k.RegisteredBy).HasJson();
        key.Property(k => k.RevokedBy).HasJson();
        key.HasIndex(k => k.Key).IsUnique().HasDatabaseName("ux_trusted_keys_key");
        RulesInTheDatabase.Add("ux_trusted_keys_key", InventoryErrors.TrustedKeyKeyTaken);
    }
}
