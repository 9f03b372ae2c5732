using DeployHub.Domain.Inventory;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class VariableMapping : IEntityTypeConfiguration<Variable>
{
    public void Configure(EntityTypeBuilder<Variable> variable)
    {
        variable.ToTable("variables");
        variable.Property<uint>("Version").IsRowVersion();
        variable.Property(v => v.Name).HasMaxLength(64);
        variable.Property(v => v.Values).HasJson();
        variable.Property(v => v.ChangedBy).HasJson();
        variable.HasIndex(v => new { v.ServiceId, v.Name }).IsUnique().HasDatabaseName("ux_variables_name");
        variable.HasOne<Service>().WithMany().HasForeignKey(v => v.ServiceId).OnDelete(DeleteBehavior.Restrict);
        RulesInTheDatabase.Add("ux_variables_name", InventoryErrors.VariableNameTaken);
    }
}
