using DeployHub.Domain.Deployments.BusyTimes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class BusyCalendarMapping : IEntityTypeConfiguration<BusyCalendar>
{
    public void Configure(EntityTypeBuilder<BusyCalendar> calendar)
    {
        calendar.ToTable("busy_calendars");
        calendar.Property<uint>("Version").IsRowVersion();
        calendar.Property(c => c.Key).HasMaxLength(64);
        calendar.Property(c => c.Settings).HasJson();
        calendar.Property(c => c.AddedBy).HasJson();
        calendar.Property(c => c.Periods).HasJson();
        calendar.Property(c => c.Trouble).HasMaxLength(1000);
        calendar.HasIndex(c => c.Key).IsUnique().HasDatabaseName("ux_busy_calendars_key");
        calendar.HasIndex(c => c.DueAt).HasFilter("due_at is not null").HasDatabaseName("ix_busy_calendars_due");
        RulesInTheDatabase.Add("ux_busy_calendars_key", BusyErrors.KeyTaken);
    }
}
