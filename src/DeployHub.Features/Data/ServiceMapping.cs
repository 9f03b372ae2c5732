using DeployHub.Domain.Inventory;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class ServiceMapping : IEntityTypeConfiguration<Service>
{
    public void Configure(EntityTypeBuilder<Service> service)
    {
        service.ToTable("services");
        service.Property<uint>("Version").IsRowVersion();
        service.Property(s => s.Key).HasMaxLength(64);
        service.Property(s => s.Name).HasMaxLength(200);
        service.Property(s => s.RegisteredBy).HasJson();
        service.HasIndex(s => s.Key).IsUnique().HasDatabaseName("ux_services_key");
        RulesInTheDatabase.Add("ux_services_key", InventoryErrors.ServiceKeyTaken);
    }
}
