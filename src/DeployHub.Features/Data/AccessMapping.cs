using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class AccessMapping : IEntityTypeConfiguration<Grant>, IEntityTypeConfiguration<ApiClient>, IEntityTypeConfiguration<PersonalToken>, IEntityTypeConfiguration<OneTimeLink>
{
    public void Configure(EntityTypeBuilder<Grant> grant)
    {
        grant.ToTable("role_grants");
        grant.Property<uint>("Version").IsRowVersion();
        grant.Property(g => g.Holder).HasMaxLength(40);
        grant.Property(g => g.Service).HasMaxLength(64);
        grant.Property(g => g.Environment).HasMaxLength(64);
        grant.Property(g => g.GivenBy).HasJson();
        grant.Property(g => g.ConfirmedBy).HasJson();
        grant.Property(g => g.RevokedBy).HasJson();
        grant.HasIndex(g => g.Holder);
    }

    public void Configure(EntityTypeBuilder<ApiClient> client)
    {
        client.ToTable("api_clients");
        client.Property<uint>("Version").IsRowVersion();
        client.Property(c => c.Name).HasMaxLength(200);
        client.Property(c => c.CreatedBy).HasJson();
        client.HasIndex(c => c.TokenDigest).IsUnique().HasDatabaseName("ux_api_clients_token");
    }

    public void Configure(EntityTypeBuilder<PersonalToken> token)
    {
        token.ToTable("personal_tokens");
        token.Property<uint>("Version").IsRowVersion();
        token.Property(t => t.Holder).HasMaxLength(40);
        token.Property(t => t.Name).HasMaxLength(200);
        token.Property(t => t.RevokedBy).HasJson();
        token.HasIndex(t => t.TokenDigest).IsUnique().HasDatabaseName("ux_personal_tokens_token");
        token.HasIndex(t => t.Holder);
    }

    public void Configure(EntityTypeBuilder<OneTimeLink> link)
    {
        link.ToTable("one_time_links");
        link.HasKey(l => l.TokenDigest);
        link.Property<uint>("Version").IsRowVersion();
    }
}
