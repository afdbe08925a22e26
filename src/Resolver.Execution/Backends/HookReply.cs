using System.Text.Json;

namespace Resolver.Execution.Backends;

/// <summary>What came of a hook.</summary>
internal abstract record HookReply
{
    private HookReply() { }

    /// <summary>Its answer.</summary>
    /// <param name="Answer">As the script writes it.</param>
    public sealed record Given(JsonElement Answer) : HookReply;

    /// <summary>No answer.</summary>
    /// <param name="Why">As the backend or the script says it, with as many lines as it likes; null where the backend
    /// only printed why.</param>
    public sealed record Refused(HookRefusal Kind, string? Why) : HookReply;
}
