using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class FreezeExceptionMapping : IEntityTypeConfiguration<FreezeException>
{
    public void Configure(EntityTypeBuilder<FreezeException> exception)
    {
        exception.ToTable("freeze_exceptions");
        exception.Property<uint>("Version").IsRowVersion();
        exception.Property(e => e.Number).HasMaxLength(20);
        exception.Property(e => e.OnCall).HasMaxLength(200);
        exception.Property(e => e.RequestedBy).HasJson();
        exception.Property(e => e.DecidedBy).HasJson();
        exception.Property(e => e.ConditionMetBy).HasJson();
        exception.Property(e => e.ConditionBeforeStart).HasDefaultValue(false);
        exception.Ignore(e => e.ConditionMet);
        exception.Ignore(e => e.Reservation);
        exception.OwnsOne(e => e.Reserved, slot => slot.HasIndex(s => s.Start).HasDatabaseName("ix_freeze_exceptions_reserved").HasFilter("reserved_start is not null"));
        exception.HasIndex(e => e.Number).IsUnique().HasDatabaseName("ux_freeze_exceptions_number");
        exception.HasIndex(e => new { e.DeploymentId, e.Number });
        exception.HasIndex(e => new { e.Status, e.Number });
        exception.HasOne<Deployment>().WithMany().HasForeignKey(e => e.DeploymentId).OnDelete(DeleteBehavior.Restrict);
        exception.HasOne<Freeze>().WithMany().HasForeignKey(e => e.FreezeId).OnDelete(DeleteBehavior.Restrict);
        exception.HasIndex(e => new { e.DeploymentId, e.FreezeId }).IsUnique().HasFilter("status in ('Requested', 'Granted')").HasDatabaseName("ux_freeze_exceptions_open");
        RulesInTheDatabase.Add("ux_freeze_exceptions_open", FreezeExceptionErrors.OneAtATime);
    }
}
