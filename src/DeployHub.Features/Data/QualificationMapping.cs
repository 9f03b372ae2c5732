using DeployHub.Domain.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class QualificationMapping : IEntityTypeConfiguration<Qualification>
{
    public void Configure(EntityTypeBuilder<Qualification> qualification)
    {
        qualification.ToTable("qualifications");
        qualification.Property<uint>("Version").IsRowVersion();
        qualification.Property(q => q.Holder).HasMaxLength(40);
        qualification.Property(q => q.Skill).HasMaxLength(64);
        qualification.Property(q => q.Environment).HasMaxLength(64);
        qualification.Property(q => q.GivenBy).HasJson();
        qualification.Property(q => q.EndedBy).HasJson();
        qualification.HasIndex(q => q.Holder);
        qualification.HasIndex(q => new { q.Skill, q.GivenAt });
        qualification.HasIndex(q => q.GivenAt);
    }
}
