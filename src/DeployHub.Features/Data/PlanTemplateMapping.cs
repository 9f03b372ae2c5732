using DeployHub.Domain.Deployments.Templates;
using DeployHub.Domain.Inventory;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class PlanTemplateMapping : IEntityTypeConfiguration<PlanTemplate>
{
    public void Configure(EntityTypeBuilder<PlanTemplate> template)
    {
        template.ToTable("plan_templates");
        template.Property<uint>("Version").IsRowVersion();
        template.Property(t => t.Key).HasMaxLength(64);
        template.Property(t => t.Name).HasMaxLength(200);
        template.Property(t => t.Outline).HasJson();
        template.Property(t => t.MadeFrom).HasMaxLength(20);
        template.Property(t => t.MadeBy).HasJson();
        template.Property(t => t.EndedBy).HasJson();
        template.HasIndex(t => t.Key).IsUnique().HasDatabaseName("ux_plan_templates_key");
        template.HasIndex(t => new { t.ServiceId, t.Key });
        template.HasOne<Service>().WithMany().HasForeignKey(t => t.ServiceId).OnDelete(DeleteBehavior.Restrict);
        RulesInTheDatabase.Add("ux_plan_templates_key", PlanTemplateErrors.KeyTaken);
    }
}
