using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.ValueStream.Incidents;
using DeployHub.Features.Pipeline;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class IncidentMapping : IEntityTypeConfiguration<Incident>, IEntityTypeConfiguration<IncidentLink>
{
    public void Configure(EntityTypeBuilder<Incident> incident)
    {
        incident.ToTable("incidents");
        incident.Property<uint>("Version").IsRowVersion();
        incident.Property(i => i.Reference).HasMaxLength(60);
        incident.Property(i => i.Source).HasMaxLength(64);
        incident.Property(i => i.Title).HasMaxLength(200);
        incident.Property(i => i.Address).HasMaxLength(2000);
        incident.Property(i => i.ReportedBy).HasJson();
        incident.Property(i => i.ResolvedBy).HasJson();
        incident.HasIndex(i => new { i.Reference, i.Source }).IsUnique().HasDatabaseName("ux_incidents_reference");
        incident.HasIndex(i => new { i.IsUndecided, i.StartedAt, i.Id });
        incident.HasIndex(i => new { i.ServiceId, i.StartedAt });
        incident.HasIndex(i => i.StartedAt).HasDatabaseName("ix_incidents_started_at");
        incident.HasMany(i => i.Links).WithOne().HasForeignKey(link => link.IncidentId).OnDelete(DeleteBehavior.Cascade);
        incident.Navigation(i => i.Links).HasField("_links").UsePropertyAccessMode(PropertyAccessMode.Field);
        incident.HasOne<Service>().WithMany().HasForeignKey(i => i.ServiceId).OnDelete(DeleteBehavior.Restrict);
        incident.HasOne<Environment>().WithMany().HasForeignKey(i => i.EnvironmentId).OnDelete(DeleteBehavior.Restrict);
        RulesInTheDatabase.Add("ux_incidents_reference", IncidentErrors.ReportedAtTheSameMoment);
    }

    public void Configure(EntityTypeBuilder<IncidentLink> link)
    {
        link.ToTable("incident_links");
        link.HasKey(l => new { l.IncidentId, l.DeploymentId });
        link.Property<uint>("Version").IsRowVersion();
        link.Property(l => l.History).HasJson();
        link.HasIndex(l => l.DeploymentId);
        link.HasOne<Deployment>().WithMany().HasForeignKey(l => l.DeploymentId).OnDelete(DeleteBehavior.Restrict);
        RulesInTheDatabase.Add("pk_incident_links", Conflicts.ChangedMeanwhile); // whoever links first
    }
}
