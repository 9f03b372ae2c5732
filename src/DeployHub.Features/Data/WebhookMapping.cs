using DeployHub.Domain.Notifications;
using DeployHub.Domain.Partners;
using DeployHub.Features.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class WebhookMapping : IEntityTypeConfiguration<Webhook>, IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Webhook> webhook)
    {
        webhook.ToTable("webhooks");
        webhook.Property<uint>("Version").IsRowVersion();
        webhook.Property(w => w.Kind).HasDefaultValue(WebhookKind.Program).HasSentinel(WebhookKind.Program);
        webhook.Property(w => w.Key).HasMaxLength(64);
        webhook.Property(w => w.Name).HasMaxLength(200);
        webhook.Property(w => w.Url).HasMaxLength(500);
        webhook.Property(w => w.Events).HasJson();
        webhook.HasIndex(w => w.Key).IsUnique().HasDatabaseName("ux_webhooks_key");
        RulesInTheDatabase.Add("ux_webhooks_key", NotificationErrors.WebhookKeyTaken);
    }

    public void Configure(EntityTypeBuilder<Delivery> delivery)
    {
        delivery.ToTable("deliveries");
        delivery.Property<uint>("Version").IsRowVersion();
        delivery.Property(d => d.Number).UseIdentityAlwaysColumn();
        delivery.Property(d => d.Type).HasMaxLength(40);
        delivery.Property(d => d.Subject).HasMaxLength(64);
        delivery.Property(d => d.Fence).HasDefaultValue(0);
        delivery.HasIndex(d => d.DueAt).HasFilter("due_at is not null").HasDatabaseName("ix_deliveries_due");
        delivery.HasIndex(d => new { d.WebhookId, d.Number });
        delivery.HasIndex(d => new { d.Person, d.Number }).HasFilter("person is not null");
        delivery.HasIndex(d => d.Number);
        delivery.HasIndex(d => d.At);
        delivery.HasOne<Webhook>().WithMany().HasForeignKey(d => d.WebhookId).OnDelete(DeleteBehavior.Cascade);
        delivery.HasOne<Organisation>().WithMany().HasForeignKey(d => d.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        delivery.HasOne<Person>().WithMany().HasForeignKey(d => d.Person).OnDelete(DeleteBehavior.Cascade);
    }
}
