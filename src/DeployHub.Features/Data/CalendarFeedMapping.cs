using DeployHub.Domain.Deployments.Feeds;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class CalendarFeedMapping : IEntityTypeConfiguration<CalendarFeed>
{
    public void Configure(EntityTypeBuilder<CalendarFeed> feed)
    {
        feed.ToTable("calendar_feeds");
        feed.Property<uint>("Version").IsRowVersion();
        feed.Property(f => f.Holder).HasMaxLength(40);
        feed.HasIndex(f => f.Holder).IsUnique().HasDatabaseName("ux_calendar_feeds_holder");
        feed.HasIndex(f => f.TokenDigest).IsUnique().HasDatabaseName("ux_calendar_feeds_token");
    }
}
