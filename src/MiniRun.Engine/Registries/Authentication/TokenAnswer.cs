namespace MiniRun.Engine.Registries.Authentication;

/// <summary>What a token server gives: a token for now, and if it was asked for and wants to, one that stands for the login ("" else).</summary>
internal sealed record TokenAnswer(string Token, string IdentityToken);
