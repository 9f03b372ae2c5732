using DeployHub.Domain.Deployments.Calendar;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class FreezeMapping : IEntityTypeConfiguration<Freeze>
{
    public void Configure(EntityTypeBuilder<Freeze> freeze)
    {
        freeze.ToTable("freezes");
        freeze.Property<uint>("Version").IsRowVersion();
        freeze.Property(f => f.Number).HasMaxLength(20);
        freeze.Property(f => f.Name).HasMaxLength(200);
        freeze.Property(f => f.Scope).HasJson();
        freeze.Property(f => f.When).HasJson();
        freeze.Property(f => f.Exempt).HasJson();
        freeze.Property(f => f.Approver).HasJson();
        freeze.Property(f => f.DeclaredBy).HasJson();
        freeze.Property(f => f.LiftedBy).HasJson();
        freeze.HasIndex(f => f.Number).IsUnique().HasDatabaseName("ux_freezes_number");
    }
}
