using DeployHub.Domain.Notifications;
using DeployHub.Features.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class PersonalChatMapping : IEntityTypeConfiguration<PersonalChat>
{
    public void Configure(EntityTypeBuilder<PersonalChat> chat)
    {
        chat.ToTable("personal_chats");
        chat.HasKey(c => c.Person);
        chat.Property<uint>("Version").IsRowVersion();
        chat.HasOne<Person>().WithMany().HasForeignKey(c => c.Person).OnDelete(DeleteBehavior.Cascade);
    }
}
