using DeployHub.Domain.Notifications;
using DeployHub.Features.Notifications;

namespace DeployHub.Web.Pages.Notices;

/// <summary>How classes are called on pages.</summary>
internal static class NoticeWords
{
    public static string Title(NoticeClass kind) => kind switch
    {
        NoticeClass.Urgent => "Urgent",
        NoticeClass.Actionable => "Asks you",
        NoticeClass.Info => "To know",
        _ => "When there is time",
    };

    public static string Of(NoticeClass kind) => kind switch
    {
        NoticeClass.Urgent => "urgent",
        NoticeClass.Actionable => "asked of you",
        NoticeClass.Info => "good to know",
        _ => "read when there is time",
    };

    public static string Meaning(NoticeClass kind) => kind switch
    {
        NoticeClass.Urgent => "A run halts or leads back, a model is suspended, somebody started without the usual approvals",
        NoticeClass.Actionable => "A plan asks for your approval, a run waits for you, an acknowledgement is due",
        NoticeClass.Info => "What was decided about your plans, when your runs begin and end",
        _ => "New versions of models, reviews, improvements, drift",
    };

    public static string Meaning(MailTiming timing) => timing switch
    {
        MailTiming.AtOnce => "at once",
        MailTiming.OnceADay => "once a day, at 08:00",
        _ => "not by mail",
    };

    public static string InChat(MailTiming timing) => timing is MailTiming.Never ? "not by chat" : Meaning(timing);

    public static bool NeedsSomebody(ListNotices.Row row) => row is { ReadAt: null, Class: NoticeClass.Urgent or NoticeClass.Actionable };
}
