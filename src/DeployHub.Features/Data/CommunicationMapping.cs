using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Communicating;
using DeployHub.Features.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class CommunicationMapping : IEntityTypeConfiguration<PublicationReader>, IEntityTypeConfiguration<ModelSubscription>
{
    public void Configure(EntityTypeBuilder<PublicationReader> reader)
    {
        reader.ToTable("publication_readers");
        reader.HasKey(r => new { r.VersionId, r.Person });
        reader.Property<uint>("Version").IsRowVersion();
        reader.Property(r => r.Name).HasMaxLength(200);
        reader.Property(r => r.ExemptBy).HasJson();
        reader.HasIndex(r => new { r.Person, r.Status });
        reader.HasIndex(r => r.DueOn).HasFilter("status = 'Due'").HasDatabaseName("ix_publication_readers_due");
        reader.HasOne<ModelVersion>().WithMany().HasForeignKey(r => r.VersionId).OnDelete(DeleteBehavior.Restrict);
        reader.HasOne<Person>().WithMany().HasForeignKey(r => r.Person).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ModelSubscription> subscription)
    {
        subscription.ToTable("model_subscriptions");
        subscription.HasKey(s => new { s.ModelId, s.Person });
        subscription.HasOne<Model>().WithMany().HasForeignKey(s => s.ModelId).OnDelete(DeleteBehavior.Cascade);
        subscription.HasOne<Person>().WithMany().HasForeignKey(s => s.Person).OnDelete(DeleteBehavior.Cascade);
    }
}
