using DeployHub.Domain.Comments;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class CommentMapping : IEntityTypeConfiguration<Comment>, IEntityTypeConfiguration<Watch>
{
    public void Configure(EntityTypeBuilder<Comment> comment)
    {
        comment.ToTable("comments");
        comment.Property<uint>("Version").IsRowVersion();
        comment.Property(c => c.Key).HasMaxLength(60);
        comment.Property(c => c.Author).HasJson();
        comment.Property(c => c.Mentions).HasJson();
        comment.Ignore(c => c.Path);
        comment.HasIndex(c => new { c.Subject, c.Key, c.At });
        comment.HasOne<Deployment>().WithMany().HasForeignKey(c => c.DeploymentId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Watch> watch)
    {
        watch.ToTable("watches");
        watch.HasKey(w => new { w.Subject, w.Key, w.Person });
        watch.Property(w => w.Key).HasMaxLength(64);
        watch.HasOne<Person>().WithMany().HasForeignKey(w => w.Person).OnDelete(DeleteBehavior.Cascade);
    }
}
