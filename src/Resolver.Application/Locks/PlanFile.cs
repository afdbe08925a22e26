using System.Text;
using Resolver.Application.Inputs;
using Resolver.Packaging.Lockfiles;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;

namespace Resolver.Application.Locks;

/// <summary>The file of <c>install --plan</c>: a plan, or a lock file (PEP 751). It is read once, so that it may be a
/// pipe.</summary>
public sealed class PlanFile
{
    private const int MostWarnings = 5;

    private readonly string file;
    private readonly byte[] bytes;
    private readonly Plan? lockedPlan;

    private PlanFile(string file, byte[] bytes, PyLock? locked)
    {
        (this.file, this.bytes, Lock) = (file, bytes, locked);
        lockedPlan = locked is null ? null : PlanLock.PlanOf(locked, LockPaths.Reader(file));
    }

    /// <summary>The lock file, where it is one: told by its content, as a plan is a JSON object. Null for anything that
    /// may be a plan.</summary>
    public PyLock? Lock { get; }

    /// <summary>Whether <see cref="Read"/> gives a plan: it is no lock file, or is one of ours whose packages nobody
    /// changed, which says the order as well.</summary>
    public bool IsPlan => Lock is null || lockedPlan is not null;

    /// <summary>Reads the file.</summary>
    /// <param name="file">As it was given; <c>-</c> is standard input.</param>
    /// <param name="notices">Receives warnings of what this program does not know: a later minor version, unknown
    /// keys (PEP 751, "lock-version").</param>
    /// <exception cref="InputException">It cannot be read, or is an invalid lock file.</exception>
    public static PlanFile Open(string file, Notices notices)
    {
        var bytes = InputFile.ReadBytes(file);
        return new PlanFile(file, bytes, ReadLock(bytes, file, notices));
    }

    /// <summary>The plan that it holds.</summary>
    /// <exception cref="InputException">It is no plan.</exception>
    public PlanOutcome Read()
    {
        // Whoever made the plan has judged whether it is the best one; here it is only carried out.
        if (lockedPlan is not null)
            return new PlanOutcome.Planned(lockedPlan, Proven: true);
        var read = PlanJson.TryRead(bytes, file);
        return read.Success
            ? new PlanOutcome.Planned(read.Value, Proven: true)
            : throw InputException.BadInput(read.Error.ToString());
    }

    private static PyLock? ReadLock(byte[] bytes, string file, Notices notices)
    {
        if (bytes.AsSpan().TrimStart(" \t\r\n\uFEFF"u8) is [(byte)'{', ..] || !LooksLikeLock(bytes))
            return null;
        var read = PyLock.TryParse(bytes, file);
        if (!read.Success)
            throw InputException.BadInput(read.Error.ToString());
        foreach (var warning in read.Value.Warnings.Take(MostWarnings))
            notices.Warning(warning.ToString());
        if (read.Value.Warnings.Count - MostWarnings is var more and > 0)
            notices.Warning($"{file}: {more} more of these");
        return read.Value;
    }

    // A lock without lock-version is a defective lock, and no plan.
    private static bool LooksLikeLock(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return text.Contains("lock-version", StringComparison.Ordinal)
            || text.Contains("[[packages]]", StringComparison.Ordinal)
            || text.Contains("created-by", StringComparison.Ordinal);
    }
}
