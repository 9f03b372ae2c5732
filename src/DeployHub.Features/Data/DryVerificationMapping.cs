using DeployHub.Domain.Deployments;
using DeployHub.Domain.Runs.Verifying;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class DryVerificationMapping : IEntityTypeConfiguration<DryVerification>, IEntityTypeConfiguration<DryLook>
{
    public void Configure(EntityTypeBuilder<DryVerification> verification)
    {
        verification.ToTable("dry_verifications");
        verification.Property(v => v.Name).HasMaxLength(30);
        verification.Property(v => v.AskedBy).HasJson();
        verification.HasIndex(v => v.Name).IsUnique().HasDatabaseName("ux_dry_verifications_name");
        verification.HasMany(v => v.Looks).WithOne().HasForeignKey(look => look.VerificationId).OnDelete(DeleteBehavior.Cascade);
        verification.Navigation(v => v.Looks).HasField("_looks").UsePropertyAccessMode(PropertyAccessMode.Field);
        verification.HasOne<Deployment>().WithMany().HasForeignKey(v => v.DeploymentId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<DryLook> look)
    {
        look.ToTable("dry_looks");
        look.HasKey(l => new { l.VerificationId, l.Ordinal });
        look.Property<uint>("Version").IsRowVersion();
        look.Property(l => l.Ordinal).ValueGeneratedNever();
        look.Property(l => l.Subject).HasMaxLength(200);
        look.Property(l => l.Pool).HasMaxLength(64);
        look.Property(l => l.Worker).HasMaxLength(100);
        look.Property(l => l.Checks).HasJson();
        look.Ignore(l => l.Next);
        look.HasIndex(l => l.DueAt).HasFilter("due_at is not null").HasDatabaseName("ix_dry_looks_due");
    }
}
