using System.Text.Json;
using Resolver.Execution.Options;

namespace Resolver.Execution.Backends;

/// <summary>A call of one hook by the script <c>hooks.py</c>, in a process of its own whose current folder is the
/// source.</summary>
/// <param name="Script">The script's path.</param>
/// <param name="Request">The path of what it is asked.</param>
/// <param name="AnswerFile">The path of what it will answer.</param>
internal sealed record HookCall(string Script, string Request, string AnswerFile)
{
    private const int MostBytes = 16 << 20;

    /// <summary>What stands after the interpreter: the script writes at once what the backend prints.</summary>
    public IReadOnlyList<string> Arguments => ["-u", Script, Request, AnswerFile];

    /// <summary>Writes what is asked.</summary>
    /// <param name="script">As <see cref="HookScripts.Write"/> gave it.</param>
    /// <param name="folder">For the files of the call; exists.</param>
    /// <param name="settings">Those of the project.</param>
    public static HookCall Prepare(
        string script,
        string folder,
        HookRequest request,
        IEnumerable<ConfigSetting> settings
    )
    {
        var call = new HookCall(
            script,
            Path.Combine(folder, $"{request.Hook}.request.json"),
            Path.Combine(folder, $"{request.Hook}.answer.json")
        );
        // A process that was killed in an earlier attempt may have answered.
        File.Delete(call.AnswerFile);
        request.Write(call.Request, settings);
        return call;
    }

    /// <summary>Reads the answer. However the process ended: once it is there, its backend has no more to
    /// say.</summary>
    /// <returns>Null where there is none.</returns>
    public HookReply? Reply()
    {
        if (!File.Exists(AnswerFile))
            return null;
        if (new FileInfo(AnswerFile).Length > MostBytes)
            return new HookReply.Refused(HookRefusal.Invalid, "it answered more than can be read");
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(AnswerFile));
            var answer = document.RootElement.Clone();
            foreach (
                var (name, refusal) in (ReadOnlySpan<(string, HookRefusal)>)
                    [
                        ("unavailable", HookRefusal.Unavailable),
                        ("failed", HookRefusal.Failed),
                        ("invalid", HookRefusal.Invalid),
                    ]
            )
            {
                if (answer.TryGetProperty(name, out var why))
                    return new HookReply.Refused(refusal, why.GetString());
            }
            return new HookReply.Given(answer);
        }
        catch (JsonException)
        {
            // Only a backend that writes into our own files gets here.
            return new HookReply.Refused(HookRefusal.Invalid, "it answered what is no answer");
        }
    }
}
