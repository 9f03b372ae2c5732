using DeployHub.Domain.Inventory;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class StoreLookMapping : IEntityTypeConfiguration<StoreLook>
{
    public void Configure(EntityTypeBuilder<StoreLook> look)
    {
        look.ToTable("store_looks");
        look.Property(l => l.Path).HasMaxLength(500);
        look.Property(l => l.AskedBy).HasJson();
        look.Property(l => l.Answer).HasJson();
        look.Property(l => l.Fence).IsConcurrencyToken();
        look.HasIndex(l => l.DueAt).HasFilter("due_at is not null").HasDatabaseName("ix_store_looks_due");
        look.HasOne<DefinitiveStore>().WithMany().HasForeignKey(l => l.StoreId).OnDelete(DeleteBehavior.Cascade);
    }
}
