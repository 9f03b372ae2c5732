using DeployHub.Domain.Deployments.Calendar;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class WindowMapping : IEntityTypeConfiguration<Window>
{
    public void Configure(EntityTypeBuilder<Window> window)
    {
        window.ToTable("windows");
        window.Property<uint>("Version").IsRowVersion();
        window.Property(w => w.Number).HasMaxLength(20);
        window.Property(w => w.Name).HasMaxLength(200);
        window.Property(w => w.Owner).HasMaxLength(200);
        window.Property(w => w.Scope).HasJson();
        window.Property(w => w.When).HasJson();
        window.Property(w => w.DefinedBy).HasJson();
        window.Property(w => w.History).HasJson();
        window.HasIndex(w => w.Number).IsUnique().HasDatabaseName("ux_windows_number");
    }
}
