using DeployHub.Domain.Notifications;
using DeployHub.Features.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class NotificationMapping
    : IEntityTypeConfiguration<Happening>, IEntityTypeConfiguration<Notice>, IEntityTypeConfiguration<NotificationChoices>, IEntityTypeConfiguration<MailSettings>
{
    public void Configure(EntityTypeBuilder<Happening> happening)
    {
        happening.ToTable("happenings");
        happening.HasKey(h => h.Number); // what happens at one moment is kept in its order
        happening.Property<uint>("Version").IsRowVersion();
        happening.HasIndex(h => h.Id).IsUnique();
        happening.Property(h => h.Number).UseIdentityAlwaysColumn();
        happening.Property(h => h.Type).HasMaxLength(40);
        happening.Property(h => h.Subject).HasMaxLength(Happening.LongestSubject);
        happening.Property(h => h.Path).HasMaxLength(300);
        happening.Property(h => h.By).HasJson();
        happening.Property(h => h.Service).HasMaxLength(64);
        happening.Property(h => h.Environment).HasMaxLength(64);
        happening.Property(h => h.People).HasJson();
        happening.Property(h => h.Data).HasJson();
        happening.Property(h => h.Once).HasMaxLength(100);
        happening.HasIndex(h => h.Once).IsUnique().HasFilter("once is not null").HasDatabaseName("ux_happenings_once");
        happening.HasIndex(h => h.DueAt).HasFilter("due_at is not null").HasDatabaseName("ix_happenings_due");
        happening.Property(h => h.Tries).HasDefaultValue(0);
        happening.Property(h => h.Trouble).HasMaxLength(Happening.LongestTrouble);
        happening.HasIndex(h => h.SetAsideAt).HasFilter("set_aside_at is not null").HasDatabaseName("ix_happenings_set_aside");
        happening.HasIndex(h => h.At);
    }

    public void Configure(EntityTypeBuilder<Notice> notice)
    {
        notice.ToTable("notices");
        notice.HasKey(n => n.Number);
        notice.Property<uint>("Version").IsRowVersion();
        notice.Property(n => n.Number).UseIdentityAlwaysColumn();
        notice.Property(n => n.Type).HasMaxLength(40);
        notice.Property(n => n.Subject).HasMaxLength(Happening.LongestSubject);
        notice.Property(n => n.Path).HasMaxLength(300);
        notice.HasIndex(n => new { n.Person, n.HappeningId }).IsUnique();
        notice.HasIndex(n => new { n.Person, n.Number });
        notice.HasIndex(n => n.Person).HasFilter("read_at is null").HasDatabaseName("ix_notices_unread");
        notice.HasIndex(n => n.DigestAt).HasFilter("digest_at is not null").HasDatabaseName("ix_notices_digest");
        notice.HasIndex(n => n.At);
        notice.HasOne<Person>().WithMany().HasForeignKey(n => n.Person).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<NotificationChoices> choices)
    {
        choices.ToTable("notification_choices");
        choices.HasKey(c => c.Person);
        choices.Property<uint>("Version").IsRowVersion();
        choices.Property(c => c.Quiet).HasJson();
        choices.Property(c => c.Zone).HasMaxLength(64);
        choices.HasOne<Person>().WithMany().HasForeignKey(c => c.Person).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<MailSettings> settings)
    {
        settings.ToTable("mail_settings");
        settings.Property<uint>("Version").IsRowVersion();
        settings.Property(s => s.Id).ValueGeneratedNever();
        settings.Property(s => s.Host).HasMaxLength(255);
        settings.Property(s => s.User).HasMaxLength(200);
        settings.Property(s => s.Secret).HasMaxLength(100);
        settings.Property(s => s.Sender).HasMaxLength(254);
        settings.Property(s => s.SenderName).HasMaxLength(200);
    }
}
