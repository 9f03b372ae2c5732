using DeployHub.Domain.Inventory;
using DeployHub.Domain.Partners;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class PartnerMapping : IEntityTypeConfiguration<Organisation>, IEntityTypeConfiguration<PartnerLink>, IEntityTypeConfiguration<Recipient>
{
    public void Configure(EntityTypeBuilder<Organisation> organisation)
    {
        organisation.ToTable("organisations");
        organisation.Property<uint>("Version").IsRowVersion();
        organisation.Property(o => o.Key).HasMaxLength(64);
        organisation.Property(o => o.Name).HasMaxLength(200);
        organisation.Property(o => o.TimeZone).HasMaxLength(64);
        organisation.Property(o => o.Contacts).HasJson();
        organisation.Property(o => o.Concerns).HasJson();
        organisation.Property(o => o.Agreements).HasJson();
        organisation.Property(o => o.Freezes).HasJson();
        organisation.Property(o => o.RegisteredBy).HasJson();
        organisation.Property(o => o.Ended).HasJson();
        organisation.HasIndex(o => o.Key).IsUnique().HasDatabaseName("ux_organisations_key");
        RulesInTheDatabase.Add("ux_organisations_key", PartnerErrors.KeyTaken);
    }

    public void Configure(EntityTypeBuilder<PartnerLink> link)
    {
        link.ToTable("partner_links");
        link.Property<uint>("Version").IsRowVersion();
        link.Property(l => l.Name).HasMaxLength(200);
        link.Property(l => l.MadeBy).HasJson();
        link.Property(l => l.RevokedBy).HasJson();
        link.HasIndex(l => l.TokenDigest).IsUnique().HasDatabaseName("ux_partner_links_token");
        link.HasIndex(l => new { l.OrganisationId, l.MadeAt });
        link.HasIndex(l => l.DeliveryId).HasFilter("delivery_id is not null");
        link.HasOne<Organisation>().WithMany().HasForeignKey(l => l.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Recipient> recipient)
    {
        recipient.ToTable("service_recipients");
        recipient.Property<uint>("Version").IsRowVersion();
        recipient.Property(r => r.Name).HasMaxLength(200);
        recipient.Property(r => r.Email).HasMaxLength(200);
        recipient.Property(r => r.AddedBy).HasJson();
        recipient.Property(r => r.Ended).HasJson();
        recipient.HasIndex(r => new { r.ServiceId, r.Email }).IsUnique().HasFilter("ended_at is null").HasDatabaseName("ux_service_recipients_email");
        recipient.HasOne<Service>().WithMany().HasForeignKey(r => r.ServiceId).OnDelete(DeleteBehavior.Restrict);
        recipient.HasOne<Organisation>().WithMany().HasForeignKey(r => r.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        RulesInTheDatabase.Add("ux_service_recipients_email", PartnerErrors.RecipientTold);
    }
}
