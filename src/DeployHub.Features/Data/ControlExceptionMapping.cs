using DeployHub.Domain.Audit;
using DeployHub.Domain.Deployments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class ControlExceptionMapping : IEntityTypeConfiguration<ControlException>
{
    public void Configure(EntityTypeBuilder<ControlException> exception)
    {
        exception.ToTable("control_exceptions");
        exception.Property<uint>("Version").IsRowVersion();
        exception.Property(e => e.Number).HasMaxLength(20);
        exception.Property(e => e.Check).HasColumnName("control"); // check is a word of SQL
        exception.Ignore(e => e.IsOpen);
        exception.HasIndex(e => e.Number).IsUnique().HasDatabaseName("ux_control_exceptions_number");
        exception.HasIndex(e => new { e.DeploymentId, e.Check }).IsUnique().HasFilter("deployment_id is not null").HasDatabaseName("ux_control_exceptions_deployment");
        exception.HasIndex(e => e.Check).IsUnique().HasFilter("deployment_id is null and mended_at is null").HasDatabaseName("ux_control_exceptions_open");
        exception.HasIndex(e => new { e.Check, e.Number });
        exception.HasOne<Deployment>().WithMany().HasForeignKey(e => e.DeploymentId).OnDelete(DeleteBehavior.Restrict);
    }
}
